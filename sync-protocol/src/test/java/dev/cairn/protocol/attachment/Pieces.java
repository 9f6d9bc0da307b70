package dev.cairn.protocol.attachment;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Secret;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Whole files at once, for tests of what works piece by piece. */
final class Pieces {
  static final Secret KEY = Secret.take(filled(32, 251));
  static final Secret OTHER_KEY = Secret.take(filled(32, 31));
  private static final byte[] SALT = filled(ChunkLayout.SALT_BYTES, 17);

  private Pieces() {}

  /** Bytes that tell their place: i mod modulus. */
  static byte[] filled(int length, int modulus) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % modulus);
    }
    return bytes;
  }

  static ChunkSealer sealer() {
    return ChunkSealer.begin(KEY, SALT, new byte[0]);
  }

  static byte[] seal(byte[] plaintext) {
    return seal(sealer(), plaintext, Math.max(1, plaintext.length));
  }

  static byte[] seal(ChunkSealer sealer, byte[] plaintext, int pieceBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    append(out, sealer.header());
    for (int at = 0; at < plaintext.length; at += pieceBytes) {
      append(out, sealer.update(plaintext, at, Math.min(pieceBytes, plaintext.length - at)));
    }
    append(out, sealer.finish());
    return out.toByteArray();
  }

  static byte[] open(ChunkOpener opener, byte[] sealed, int pieceBytes) throws CairnException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < sealed.length; at += pieceBytes) {
      append(out, opener.update(sealed, at, Math.min(pieceBytes, sealed.length - at)));
    }
    append(out, opener.finish());
    return out.toByteArray();
  }

  static byte[] open(byte[] sealed) throws CairnException {
    return open(ChunkOpener.begin(KEY), sealed, Math.max(1, sealed.length));
  }

  /** The file's chunks, each with its tag; the header is left out. */
  static byte[][] chunks(byte[] sealed) {
    int count = (sealed.length - ChunkLayout.HEADER_BYTES) / ChunkLayout.SEALED_CHUNK_BYTES + 1;
    byte[][] chunks = new byte[count][];
    for (int i = 0; i < count; i++) {
      int from = (int) ChunkLayout.sealedOffset(i);
      int to = Math.min(sealed.length, from + ChunkLayout.SEALED_CHUNK_BYTES);
      chunks[i] = Arrays.copyOfRange(sealed, from, to);
    }
    return chunks;
  }

  /** A file of this header and these chunks. */
  static byte[] join(byte[] sealed, byte[]... chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    append(out, Arrays.copyOf(sealed, ChunkLayout.HEADER_BYTES));
    for (byte[] chunk : chunks) {
      append(out, chunk);
    }
    return out.toByteArray();
  }

  static void append(ByteArrayOutputStream out, byte[] bytes) {
    out.write(bytes, 0, bytes.length);
  }
}
