package dev.cairn.protocol.attachment;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.limits.Limits;
import java.util.Arrays;

/** Parts content from padding, and lets nothing be hidden in the padding. */
final class AttachmentPadding {
  private AttachmentPadding() {}

  /** Refuses a length that a change may state and no attachment may have. */
  static void requireSize(long contentBytes) throws MalformedException {
    if (contentBytes < 0 || contentBytes > Limits.ATTACHMENT_SIZE_BYTES_MAX) {
      throw new MalformedException("attachment of a size out of bounds");
    }
  }

  /** Cuts a run of plaintext that begins at {@code offset} to the content in it. */
  static byte[] cut(byte[] plaintext, long offset, long contentBytes) throws MalformedException {
    int inContent = (int) Math.max(0, Math.min(plaintext.length, contentBytes - offset));
    for (int i = inContent; i < plaintext.length; i++) {
      if (plaintext[i] != 0) {
        throw new MalformedException("attachment with something in its padding");
      }
    }
    return inContent == plaintext.length ? plaintext : Arrays.copyOf(plaintext, inContent);
  }
}
