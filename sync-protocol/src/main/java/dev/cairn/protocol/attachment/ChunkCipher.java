package dev.cairn.protocol.attachment;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.HkdfSha512;
import dev.cairn.protocol.suite.Secret;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The keys of one encrypted file and what they do to a chunk. Every file has keys of its own, made
 * from the input key and a random salt, and every chunk a nonce that counts; so chunks cannot
 * change places, within a file or between files.
 */
final class ChunkCipher {
  private static final byte[] LABEL =
      "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0".getBytes(US_ASCII);
  private static final byte[] NO_AAD = {};

  private final byte[] salt;
  private final Secret key;
  private final byte[] baseNonce;
  private final byte[] commitment;

  private ChunkCipher(byte[] salt, Secret derived) {
    byte[] bytes = derived.expose();
    int nonceEnd = Aead.KEY_BYTES + Aead.NONCE_BYTES;
    this.salt = salt.clone();
    this.key = Secret.take(Arrays.copyOf(bytes, Aead.KEY_BYTES));
    this.baseNonce = Arrays.copyOfRange(bytes, Aead.KEY_BYTES, nonceEnd);
    this.commitment = Arrays.copyOfRange(bytes, nonceEnd, bytes.length);
  }

  static ChunkCipher derive(Secret inputKey, byte[] salt, byte[] context) {
    if (inputKey.sizeBytes() != Aead.KEY_BYTES || salt.length != ChunkLayout.SALT_BYTES) {
      throw new IllegalArgumentException("key or salt of a wrong length");
    }
    byte[] info = new byte[LABEL.length + salt.length + context.length];
    System.arraycopy(LABEL, 0, info, 0, LABEL.length);
    System.arraycopy(salt, 0, info, LABEL.length, salt.length);
    System.arraycopy(context, 0, info, LABEL.length + salt.length, context.length);
    int size = Aead.KEY_BYTES + Aead.NONCE_BYTES + ChunkLayout.COMMITMENT_BYTES;
    Secret derived = HkdfSha512.expand(inputKey, info, size);
    try {
      return new ChunkCipher(salt, derived);
    } finally {
      derived.wipe();
    }
  }

  /**
   * The keys of the file that begins with this header. The commitment is compared before anything
   * is decrypted: GCM alone lets one ciphertext open to two plaintexts under two keys.
   */
  static ChunkCipher open(Secret inputKey, byte[] header, byte[] context)
      throws UndecryptableException {
    byte[] salt = Arrays.copyOf(header, ChunkLayout.SALT_BYTES);
    ChunkCipher cipher = derive(inputKey, salt, context);
    if (!MessageDigest.isEqual(cipher.header(), header)) {
      cipher.wipe();
      throw new UndecryptableException();
    }
    return cipher;
  }

  byte[] header() {
    byte[] header = Arrays.copyOf(salt, ChunkLayout.HEADER_BYTES);
    System.arraycopy(commitment, 0, header, salt.length, commitment.length);
    return header;
  }

  byte[] seal(long chunk, byte[] plaintext) {
    return Aead.seal(key, nonce(chunk), NO_AAD, plaintext);
  }

  byte[] open(long chunk, byte[] sealed) throws UndecryptableException {
    return Aead.open(key, nonce(chunk), NO_AAD, sealed);
  }

  private byte[] nonce(long chunk) {
    if (chunk < 0 || chunk >= Limits.FILE_CHUNKS_MAX) {
      throw new IllegalArgumentException("chunk number out of bounds");
    }
    byte[] nonce = baseNonce.clone();
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[nonce.length - 1 - i] ^= (byte) (chunk >>> (8 * i));
    }
    return nonce;
  }

  void wipe() {
    key.wipe();
  }
}
