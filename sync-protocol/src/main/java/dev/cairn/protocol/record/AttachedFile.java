package dev.cairn.protocol.record;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.AttachmentId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a change tells about a file that hangs on its record.
 *
 * @param id hash of the encrypted file
 * @param key opens it
 * @param sizeBytes of the plain file
 * @param name as the reporter's device had it
 * @param mediaType {@code image/jpeg} and the like
 * @param sha256 of the plain file, 32 bytes
 * @param capture where and how it was made, by name; may be empty
 */
public record AttachedFile(
    AttachmentId id,
    AttachmentKey key,
    long sizeBytes,
    String name,
    String mediaType,
    CborValue.Bytes sha256,
    Map<String, CborValue> capture) {

  /** Length of a plain file's hash, in bytes. */
  static final int SHA256_SIZE_BYTES = 32;

  /** Refuses a hash of another length and a negative size. */
  public AttachedFile {
    if (sizeBytes < 0 || sha256.value().length != SHA256_SIZE_BYTES) {
      throw new IllegalArgumentException("negative size, or no SHA-256");
    }
    capture = Collections.unmodifiableMap(new TreeMap<>(capture));
  }

  /** The id only: name, type and capture data are what people recorded. */
  @Override
  public String toString() {
    return "file " + id;
  }
}
