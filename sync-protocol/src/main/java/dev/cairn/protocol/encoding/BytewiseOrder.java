package dev.cairn.protocol.encoding;

/**
 * The one order of byte strings in the protocol: bytes compare as unsigned numbers from the left,
 * and a string sorts before its own extensions (RFC 8949 section 4.2.1).
 */
public final class BytewiseOrder {

  private BytewiseOrder() {}

  /** Compares two whole byte strings; negative, zero or positive as {@code left} sorts. */
  public static int compare(byte[] left, byte[] right) {
    return compare(left, 0, left.length, right, 0, right.length);
  }

  /**
   * Compares two slices.
   *
   * @param left holds the first slice
   * @param leftFrom where it begins
   * @param leftTo where it ends, exclusive
   * @param right holds the second slice; may be the same array
   * @param rightFrom where it begins
   * @param rightTo where it ends, exclusive
   * @return negative, zero or positive as the first slice sorts before, with or after the second
   */
  public static int compare(
      byte[] left, int leftFrom, int leftTo, byte[] right, int rightFrom, int rightTo) {
    int leftLength = leftTo - leftFrom;
    int rightLength = rightTo - rightFrom;
    int shared = Math.min(leftLength, rightLength);
    for (int i = 0; i < shared; i++) {
      int order = (left[leftFrom + i] & 0xff) - (right[rightFrom + i] & 0xff);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(leftLength, rightLength);
  }
}
