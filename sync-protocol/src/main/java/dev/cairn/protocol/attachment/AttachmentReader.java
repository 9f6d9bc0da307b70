package dev.cairn.protocol.attachment;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.suite.Secret;

/**
 * Opens any chunk of an attachment by itself, for ranged downloads and for players that jump.
 * {@link ChunkLayout} tells which chunk holds an offset, and where it lies in the encrypted file.
 *
 * <p>A chunk that opens is authentic and in its place. Whether the rest of the file is there it
 * does not tell; but the length is the change's, so a file that was cut short cannot pass for a
 * shorter one. Safe for use by several threads until it is closed.
 */
public final class AttachmentReader implements AutoCloseable {
  private final ChunkCipher cipher;
  private final long contentBytes;

  private AttachmentReader(ChunkCipher cipher, long contentBytes) {
    this.cipher = cipher;
    this.contentBytes = contentBytes;
  }

  /**
   * Reads the header.
   *
   * @param key from the change that carries the attachment
   * @param header the file's first {@link ChunkLayout#HEADER_BYTES}
   * @param contentBytes the length stated in the change
   * @throws UndecryptableException if the key is not this file's
   * @throws MalformedException if the length is out of bounds
   */
  public static AttachmentReader open(Secret key, byte[] header, long contentBytes)
      throws UndecryptableException, MalformedException {
    AttachmentPadding.requireSize(contentBytes);
    if (header.length != ChunkLayout.HEADER_BYTES) {
      throw new UndecryptableException();
    }
    return new AttachmentReader(ChunkCipher.open(key, header, new byte[0]), contentBytes);
  }

  /** How many chunks the file has, those of mere padding among them. */
  public long chunkCount() {
    return ChunkLayout.chunkCount(Padme.length(contentBytes));
  }

  /** How long a chunk is in the encrypted file. */
  public int sealedChunkSize(long chunk) {
    return ChunkLayout.sealedChunkSize(chunk, Padme.length(contentBytes));
  }

  /**
   * Opens one chunk.
   *
   * @param chunk its number, from 0
   * @param sealed its bytes, {@link #sealedChunkSize} of them
   * @return the content in it; nothing if it holds only padding
   * @throws UndecryptableException if the bytes are not those of that chunk
   * @throws MalformedException if the author hid something in the padding
   */
  public byte[] openChunk(long chunk, byte[] sealed)
      throws UndecryptableException, MalformedException {
    if (sealed.length != sealedChunkSize(chunk)) {
      throw new UndecryptableException();
    }
    byte[] plaintext = cipher.open(chunk, sealed);
    return AttachmentPadding.cut(plaintext, chunk * ChunkLayout.CHUNK_BYTES, contentBytes);
  }

  /** Wipes the file's keys; no chunk opens afterwards. */
  @Override
  public void close() {
    cipher.wipe();
  }
}
