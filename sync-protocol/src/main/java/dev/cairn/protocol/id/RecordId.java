package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** A record: derived from the change that opened it, or from what it links. */
public final class RecordId extends FixedBytes implements Comparable<RecordId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 16;

  private RecordId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static RecordId of(byte[] value) {
    return new RecordId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static RecordId parse(String hex) throws MalformedException {
    return new RecordId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(RecordId other) {
    return compareBytes(other);
  }
}
