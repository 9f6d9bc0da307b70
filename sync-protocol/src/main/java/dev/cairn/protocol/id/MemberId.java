package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** A member: the device id of the member's first device. */
public final class MemberId extends FixedBytes implements Comparable<MemberId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 32;

  private MemberId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static MemberId of(byte[] value) {
    return new MemberId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static MemberId parse(String hex) throws MalformedException {
    return new MemberId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(MemberId other) {
    return compareBytes(other);
  }
}
