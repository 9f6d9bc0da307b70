package dev.cairn.client.courier;

/**
 * What came out of a bundle.
 *
 * @param fresh changes and statements that were new here
 * @param known changes and statements held already
 * @param refused changes, statements and receipts that are wrong, or cannot be placed yet
 * @param forOthers parcels this device cannot open and carries on
 * @param receipts receipts for this device that were verified
 */
public record BundleImport(long fresh, long known, long refused, long forOthers, long receipts) {}
