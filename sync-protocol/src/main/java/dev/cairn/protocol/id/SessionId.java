package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** A session: the labelled hash of its first chain key. */
public final class SessionId extends FixedBytes implements Comparable<SessionId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 32;

  private SessionId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static SessionId of(byte[] value) {
    return new SessionId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static SessionId parse(String hex) throws MalformedException {
    return new SessionId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(SessionId other) {
    return compareBytes(other);
  }
}
