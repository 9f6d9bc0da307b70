package dev.cairn.server.ledger;

/**
 * How much may be stored.
 *
 * @param deviceChangesMax changes of one device
 * @param deviceSizeBytesMax payloads, ciphertexts and attachments of one device
 * @param spaceStatementsMax roster statements of a space
 * @param attachmentSizeBytesMax one encrypted file
 */
public record Quotas(
    long deviceChangesMax,
    long deviceSizeBytesMax,
    int spaceStatementsMax,
    long attachmentSizeBytesMax) {

  private static final long GIB = 1L << 30;

  /** What a small organisation needs on a small machine. */
  public static Quotas standard() {
    return new Quotas(1_000_000, 50 * GIB, 20_000, 8 * GIB);
  }
}
