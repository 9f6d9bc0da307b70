package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** An attachment: the SHA-256 of its encrypted file. */
public final class AttachmentId extends FixedBytes implements Comparable<AttachmentId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 32;

  private AttachmentId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static AttachmentId of(byte[] value) {
    return new AttachmentId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static AttachmentId parse(String hex) throws MalformedException {
    return new AttachmentId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(AttachmentId other) {
    return compareBytes(other);
  }
}
