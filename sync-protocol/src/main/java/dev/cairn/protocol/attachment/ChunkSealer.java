package dev.cairn.protocol.attachment;

import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.util.Arrays;

/**
 * Encrypts a stream of unknown length into the published format, holding at most one chunk.
 *
 * <p>The result is {@link #header}, then what each {@link #update} returns, then what {@link
 * #finish} returns. One instance seals one file and belongs to one thread.
 */
public final class ChunkSealer {
  private final ChunkCipher cipher;
  private final byte[] pending = new byte[ChunkLayout.CHUNK_BYTES];
  private int pendingBytes;
  private long chunk;
  private boolean finished;

  private ChunkSealer(ChunkCipher cipher) {
    this.cipher = cipher;
  }

  /**
   * Begins a file.
   *
   * @param key 32 uniformly random bytes; may seal several files
   * @param randomness gives the file's salt
   */
  public static ChunkSealer begin(Secret key, Randomness randomness) {
    return begin(key, randomness.bytes(ChunkLayout.SALT_BYTES), new byte[0]);
  }

  static ChunkSealer begin(Secret key, byte[] salt, byte[] context) {
    return new ChunkSealer(ChunkCipher.derive(key, salt, context));
  }

  /** The first {@link ChunkLayout#HEADER_BYTES} of the file. */
  public byte[] header() {
    return cipher.header();
  }

  /**
   * Takes plaintext and returns the chunks it completed, one after another; often none.
   *
   * @throws IllegalStateException after {@link #finish}
   */
  public byte[] update(byte[] bytes, int offset, int length) {
    requireUnfinished();
    long total = (long) pendingBytes + length;
    byte[] sealed =
        new byte[Math.toIntExact(total / ChunkLayout.CHUNK_BYTES * ChunkLayout.SEALED_CHUNK_BYTES)];
    int written = 0;
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int taken = Math.min(end - at, ChunkLayout.CHUNK_BYTES - pendingBytes);
      System.arraycopy(bytes, at, pending, pendingBytes, taken);
      pendingBytes += taken;
      at += taken;
      if (pendingBytes == ChunkLayout.CHUNK_BYTES) {
        byte[] one = cipher.seal(chunk++, pending);
        System.arraycopy(one, 0, sealed, written, one.length);
        written += one.length;
        pendingBytes = 0;
      }
    }
    return sealed;
  }

  /** The last chunk, which may hold nothing. The keys are wiped. */
  public byte[] finish() {
    requireUnfinished();
    finished = true;
    byte[] last = cipher.seal(chunk, Arrays.copyOf(pending, pendingBytes));
    cipher.wipe();
    Arrays.fill(pending, (byte) 0);
    return last;
  }

  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("file is finished");
    }
  }
}
