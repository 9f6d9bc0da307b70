package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** A roster statement: the labelled hash of its payload, never of a signature. */
public final class StatementId extends FixedBytes implements Comparable<StatementId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 32;

  private StatementId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static StatementId of(byte[] value) {
    return new StatementId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static StatementId parse(String hex) throws MalformedException {
    return new StatementId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(StatementId other) {
    return compareBytes(other);
  }
}
