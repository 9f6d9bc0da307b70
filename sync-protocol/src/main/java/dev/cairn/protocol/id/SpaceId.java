package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** A space: the statement id of its genesis. */
public final class SpaceId extends FixedBytes implements Comparable<SpaceId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 32;

  private SpaceId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static SpaceId of(byte[] value) {
    return new SpaceId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static SpaceId parse(String hex) throws MalformedException {
    return new SpaceId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(SpaceId other) {
    return compareBytes(other);
  }
}
