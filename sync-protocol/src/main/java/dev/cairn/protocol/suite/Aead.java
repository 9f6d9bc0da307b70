package dev.cairn.protocol.suite;

import dev.cairn.protocol.UndecryptableException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with 12-byte nonces and 16-byte tags. Safe for use by several
 * threads.
 *
 * <p>A key and a nonce must never meet twice: in this protocol every key is used for one message,
 * or its nonces count. GCM does not commit to its key, so one ciphertext can be made to open under
 * two; where that matters a commitment is checked first. On the JDK, calls of 16 KiB are fast from
 * the start while calls of a megabyte are slow for hundreds of megabytes.
 */
public final class Aead {

  /** Length of a key, in bytes. */
  public static final int KEY_BYTES = 32;

  /** Length of a nonce, in bytes. */
  public static final int NONCE_BYTES = 12;

  /** By how many bytes a ciphertext is longer than its plaintext. */
  public static final int TAG_BYTES = 16;

  private static final String ALGORITHM = "AES/GCM/NoPadding";

  /** The platform's first; looking for it costs as much as half a kilobyte of decryption. */
  private static final Provider PROVIDER = provider();

  private Aead() {}

  /**
   * Encrypts and authenticates.
   *
   * @param key {@link #KEY_BYTES} long
   * @param nonce {@link #NONCE_BYTES} long, never before used with this key
   * @param aad authenticated with the plaintext, not contained in the result
   * @return ciphertext and tag
   */
  public static byte[] seal(Secret key, byte[] nonce, byte[] aad, byte[] plaintext) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce, aad).doFinal(plaintext);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("platform lacks AES-256-GCM", missing);
    }
  }

  /**
   * Checks and decrypts.
   *
   * @param ciphertext what {@link #seal} returned
   * @throws UndecryptableException if key, nonce, associated data and ciphertext do not belong
   *     together
   */
  public static byte[] open(Secret key, byte[] nonce, byte[] aad, byte[] ciphertext)
      throws UndecryptableException {
    if (ciphertext.length < TAG_BYTES) {
      throw new UndecryptableException();
    }
    Cipher cipher;
    try {
      cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, aad);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("platform lacks AES-256-GCM", missing);
    }
    try {
      return cipher.doFinal(ciphertext);
    } catch (GeneralSecurityException refused) {
      throw new UndecryptableException();
    }
  }

  private static Provider provider() {
    try {
      return Cipher.getInstance(ALGORITHM).getProvider();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("platform lacks AES-256-GCM", missing);
    }
  }

  private static Cipher cipher(int mode, Secret key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    if (key.sizeBytes() != KEY_BYTES || nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("key or nonce of a wrong length");
    }
    Cipher cipher = Cipher.getInstance(ALGORITHM, PROVIDER);
    cipher.init(
        mode, new SecretKeySpec(key.expose(), "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(aad);
    return cipher;
  }
}
