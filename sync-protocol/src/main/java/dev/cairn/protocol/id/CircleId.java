package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** A circle: derived for {@code desk} and for each device, random for others. */
public final class CircleId extends FixedBytes implements Comparable<CircleId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 16;

  private CircleId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static CircleId of(byte[] value) {
    return new CircleId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static CircleId parse(String hex) throws MalformedException {
    return new CircleId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(CircleId other) {
    return compareBytes(other);
  }
}
