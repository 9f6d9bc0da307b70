package dev.cairn.client.courier;

/**
 * What came out of a bundle.
 *
 * @param fresh changes and statements that were new here
 * @param known changes and statements held already
 * @param refused changes, statements and parcels that are wrong, or cannot be placed yet
 * @param forOthers parcels this device cannot open and carries on
 * @param tooNew those among them of a later version, which may be for this device once its program
 *     is newer
 * @param receipts changes and statements of this device that are newly proven to be in the log
 * @param unreconciled leaves whose receipts wait for the log to account for their checkpoint
 * @param early parcels held here that continue what has not come; they are taken in by themselves
 *     when it does
 */
public record BundleImport(
    long fresh,
    long known,
    long refused,
    long forOthers,
    long tooNew,
    long receipts,
    long unreconciled,
    long early) {}
