package dev.cairn.protocol.attachment;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.suite.Aead;

/**
 * Where things lie in an encrypted file (c2sp.org/chunked-encryption): salt, key commitment, then
 * chunks of 16 KiB each with its tag. The last chunk is always shorter than that, and may be empty:
 * so a file cut at a chunk's end is seen to be cut.
 */
public final class ChunkLayout {

  /** Plaintext bytes of every chunk but the last. */
  public static final int CHUNK_BYTES = 16 * 1024;

  /** Bytes of such a chunk when sealed. */
  public static final int SEALED_CHUNK_BYTES = CHUNK_BYTES + Aead.TAG_BYTES;

  /** Random bytes at the start that give every file keys of its own. */
  public static final int SALT_BYTES = 24;

  /** Bytes after the salt that only the right key can have made. */
  public static final int COMMITMENT_BYTES = 32;

  /** Bytes before the first chunk. */
  public static final int HEADER_BYTES = SALT_BYTES + COMMITMENT_BYTES;

  private ChunkLayout() {}

  /** How long so much plaintext is when sealed. */
  public static long sealedSize(long plainBytes) {
    return HEADER_BYTES + plainBytes + Aead.TAG_BYTES * chunkCount(plainBytes);
  }

  /**
   * How much plaintext a sealed file of this length holds.
   *
   * @throws MalformedException if no file has this length, a truncated one for example
   */
  public static long plainSize(long sealedBytes) throws MalformedException {
    long chunks = sealedBytes - HEADER_BYTES;
    long lastBytes = chunks % SEALED_CHUNK_BYTES;
    if (chunks < 0 || lastBytes < Aead.TAG_BYTES) {
      throw new MalformedException("encrypted file of impossible length");
    }
    return chunks / SEALED_CHUNK_BYTES * CHUNK_BYTES + lastBytes - Aead.TAG_BYTES;
  }

  /** How many chunks so much plaintext takes. */
  public static long chunkCount(long plainBytes) {
    return plainBytes / CHUNK_BYTES + 1;
  }

  /** Which chunk holds the plaintext byte at this offset. */
  public static long chunkAt(long plainOffset) {
    return plainOffset / CHUNK_BYTES;
  }

  /** Where a chunk begins in the sealed file. */
  public static long sealedOffset(long chunk) {
    return HEADER_BYTES + chunk * SEALED_CHUNK_BYTES;
  }

  /** How long a chunk is when sealed, in a file of so much plaintext. */
  public static int sealedChunkSize(long chunk, long plainBytes) {
    long rest = plainBytes - chunk * CHUNK_BYTES;
    if (chunk < 0 || rest < 0) {
      throw new IllegalArgumentException("no chunk " + chunk);
    }
    return (int) Math.min(rest, CHUNK_BYTES) + Aead.TAG_BYTES;
  }
}
