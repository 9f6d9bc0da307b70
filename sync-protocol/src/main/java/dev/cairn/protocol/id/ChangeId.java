package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** A change: the labelled hash of its payload, never of a signature. */
public final class ChangeId extends FixedBytes implements Comparable<ChangeId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 32;

  private ChangeId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static ChangeId of(byte[] value) {
    return new ChangeId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static ChangeId parse(String hex) throws MalformedException {
    return new ChangeId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(ChangeId other) {
    return compareBytes(other);
  }
}
