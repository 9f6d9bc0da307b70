package dev.cairn.protocol.attachment;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.suite.Secret;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts a stream of the published format, holding at most one chunk. What it returns is
 * authenticated and in its place; that the file is whole is known only when {@link #finish}
 * returns.
 *
 * <p>One failure is final: every later call fails too. One instance opens one file and belongs to
 * one thread.
 */
public final class ChunkOpener {
  private final Secret inputKey;
  private final byte[] context;
  private final byte[] pending = new byte[ChunkLayout.SEALED_CHUNK_BYTES];
  private @Nullable ChunkCipher cipher;
  private int pendingBytes;
  private long chunk;
  private State state = State.READING;

  private enum State {
    READING,
    FAILED,
    FINISHED
  }

  private ChunkOpener(Secret inputKey, byte[] context) {
    this.inputKey = inputKey;
    this.context = context;
  }

  /**
   * Begins a file. The key must stay unwiped until its header was read.
   *
   * @param key the 32 bytes it was sealed with
   */
  public static ChunkOpener begin(Secret key) {
    return begin(key, new byte[0]);
  }

  static ChunkOpener begin(Secret key, byte[] context) {
    return new ChunkOpener(key, context);
  }

  /**
   * Takes bytes of the file, header first, and returns the plaintext of the chunks they completed.
   *
   * @throws UndecryptableException if the key is another file's, or a chunk was altered or moved
   * @throws IllegalStateException after {@link #finish}
   */
  public byte[] update(byte[] bytes, int offset, int length) throws UndecryptableException {
    requireReading();
    byte[] plaintext = new byte[Math.toIntExact(plainBound(length))];
    int written = 0;
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int wanted = cipher == null ? ChunkLayout.HEADER_BYTES : ChunkLayout.SEALED_CHUNK_BYTES;
      int taken = Math.min(end - at, wanted - pendingBytes);
      System.arraycopy(bytes, at, pending, pendingBytes, taken);
      pendingBytes += taken;
      at += taken;
      if (pendingBytes == wanted) {
        byte[] one = complete();
        System.arraycopy(one, 0, plaintext, written, one.length);
        written += one.length;
      }
    }
    return written == plaintext.length ? plaintext : Arrays.copyOf(plaintext, written);
  }

  private long plainBound(int moreBytes) {
    return ((long) pendingBytes + moreBytes)
        / ChunkLayout.SEALED_CHUNK_BYTES
        * ChunkLayout.CHUNK_BYTES;
  }

  /** Handles what is pending: the header, or else a chunk. */
  private byte[] complete() throws UndecryptableException {
    byte[] whole = Arrays.copyOf(pending, pendingBytes);
    pendingBytes = 0;
    try {
      if (cipher == null) {
        cipher = ChunkCipher.open(inputKey, whole, context);
        return new byte[0];
      }
      return cipher.open(chunk++, whole);
    } catch (UndecryptableException refused) {
      end(State.FAILED);
      throw refused;
    }
  }

  /**
   * The plaintext of the last chunk, which proves that nothing was cut off. The keys are wiped.
   *
   * @throws UndecryptableException if the file ends within its header, at a chunk's end, or in a
   *     chunk that does not open
   */
  public byte[] finish() throws UndecryptableException {
    requireReading();
    if (cipher == null) {
      end(State.FAILED);
      throw new UndecryptableException();
    }
    byte[] last = complete();
    end(State.FINISHED);
    return last;
  }

  private void end(State how) {
    state = how;
    if (cipher != null) {
      cipher.wipe();
    }
    Arrays.fill(pending, (byte) 0);
  }

  private void requireReading() throws UndecryptableException {
    if (state == State.FAILED) {
      throw new UndecryptableException();
    }
    if (state == State.FINISHED) {
      throw new IllegalStateException("file is finished");
    }
  }
}
