package dev.cairn.server.ledger;

import dev.cairn.server.limits.ServerLimits;

/**
 * How much may be stored.
 *
 * @param deviceChangesMax changes of one device
 * @param deviceSizeBytesMax payloads, ciphertexts and attachments of one device
 * @param spaceStatementsMax roster statements of a space, but for suspensions and releases by
 *     owners and whatever the recovery key signs
 * @param coordinatorStatementsMax statements of one coordinator, and suspensions and releases of
 *     one owner; an owner's others are bounded by the space's
 * @param reporterStatementsMax statements of one device that never coordinated
 * @param attachmentSizeBytesMax one encrypted file
 */
public record Quotas(
    long deviceChangesMax,
    long deviceSizeBytesMax,
    int spaceStatementsMax,
    int coordinatorStatementsMax,
    int reporterStatementsMax,
    long attachmentSizeBytesMax) {

  private static final long GIB = 1L << 30;

  /** No bounds. */
  static final Quotas NONE =
      new Quotas(
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE);

  /** What a small organisation needs on a small machine. */
  public static Quotas standard() {
    return new Quotas(
        1_000_000,
        50 * GIB,
        ServerLimits.ROSTER_STATEMENTS_MAX,
        ServerLimits.COORDINATOR_STATEMENTS_MAX,
        ServerLimits.REPORTER_STATEMENTS_MAX,
        8 * GIB);
  }
}
