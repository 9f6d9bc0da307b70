package dev.cairn.protocol.envelope;

/**
 * Padmé padding (Nikitin, Barman, Lueks, Underwood, Hubaux, Ford: "Reducing Metadata Leakage from
 * Encrypted Files and Communication with PURBs", PETS 2019, section 4).
 *
 * <p>A length of n bits keeps its highest bits and as many as it takes to write n; the others are
 * rounded up to zeros. So a length tells O(log log) bits instead of O(log), and grows by at most 12
 * %, less the longer it is. Below the floor lengths tell nothing at all.
 */
public final class Padme {

  /** Every shorter length becomes this one, in bytes. */
  public static final int FLOOR_BYTES = 64;

  private Padme() {}

  /**
   * The length to which so many bytes are padded.
   *
   * @param sizeBytes from 0 to 2^62
   * @return at least {@link #FLOOR_BYTES} and {@code sizeBytes}; itself a fixed point
   */
  public static long length(long sizeBytes) {
    if (sizeBytes < 0 || sizeBytes > 1L << 62) {
      throw new IllegalArgumentException("no length: " + sizeBytes);
    }
    if (sizeBytes <= FLOOR_BYTES) {
      return FLOOR_BYTES;
    }
    int exponent = floorLog2(sizeBytes);
    int significantBits = floorLog2(exponent) + 1;
    long roundedOff = (1L << (exponent - significantBits)) - 1;
    return (sizeBytes + roundedOff) & ~roundedOff;
  }

  private static int floorLog2(long positive) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(positive);
  }
}
