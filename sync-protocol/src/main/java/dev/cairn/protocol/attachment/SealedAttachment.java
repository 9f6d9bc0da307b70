package dev.cairn.protocol.attachment;

import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.suite.Digest;

/**
 * What is known of an attachment once it is sealed, and goes into the change that carries it.
 *
 * @param id hash of the encrypted file, header and padding included
 * @param contentBytes length of the file as it was
 * @param contentDigest its hash, which a court compares with the file it is shown
 */
public record SealedAttachment(AttachmentId id, long contentBytes, Digest contentDigest) {

  /** Length of the encrypted file: all that a server learns of the content's. */
  public long sealedBytes() {
    return sealedBytes(contentBytes);
  }

  /** Length of the encrypted file for so much content. */
  public static long sealedBytes(long contentBytes) {
    return ChunkLayout.sealedSize(Padme.length(contentBytes));
  }
}
