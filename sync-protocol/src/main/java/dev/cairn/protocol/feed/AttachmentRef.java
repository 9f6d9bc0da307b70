package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.AttachmentId;

/**
 * What a prefix says of an attachment, for all to see: a server must know whose quota it counts
 * against and how much will come.
 *
 * @param id the hash of the encrypted file
 * @param sizeBytes the size of the encrypted file, which is padded before it is encrypted
 */
public record AttachmentRef(AttachmentId id, long sizeBytes) implements Comparable<AttachmentRef> {

  /** Orders by id. */
  @Override
  public int compareTo(AttachmentRef other) {
    return id.compareTo(other.id);
  }
}
