package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** An epoch of a circle: the statement id of the statement that opened it. */
public final class EpochId extends FixedBytes implements Comparable<EpochId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 32;

  private EpochId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static EpochId of(byte[] value) {
    return new EpochId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static EpochId parse(String hex) throws MalformedException {
    return new EpochId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(EpochId other) {
    return compareBytes(other);
  }
}
