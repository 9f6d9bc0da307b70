package dev.cairn.protocol.feed;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Hmac;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The key of one change and of no other: derived from the session's chain and the whole prefix. To
 * release it, for a court say, opens that change and tells nothing of the rest of the session.
 *
 * <p>Safe for use by several threads until it is wiped.
 */
public final class MessageKey {

  /** Length, in bytes. */
  public static final int SIZE_BYTES = Hmac.SIZE_BYTES;

  private static final byte[] MESSAGE = {1};
  private static final byte[] COMMIT = ascii("commit");
  private static final byte[] RECORD = ascii("record");

  private final Secret key;

  private MessageKey(Secret key) {
    this.key = key;
  }

  static MessageKey derive(Secret chainKey, byte[] prefix) {
    return new MessageKey(Hmac.derive(chainKey, MESSAGE, prefix));
  }

  /**
   * A key that was released; it holds the secret from now on and wipes it with itself.
   *
   * @throws IllegalArgumentException if the secret is not {@link #SIZE_BYTES} long
   */
  public static MessageKey of(Secret key) {
    if (key.sizeBytes() != SIZE_BYTES) {
      throw new IllegalArgumentException("message key of " + key.sizeBytes() + " bytes");
    }
    return new MessageKey(key);
  }

  /** The key itself, to be released or stored. */
  public Secret secret() {
    return key;
  }

  /** Binds a ciphertext to this key: AES-GCM alone would open under two keys made for it. */
  public Digest commitment() {
    return Digest.of(Hmac.tag(key, COMMIT));
  }

  /** The id of the record that a change opens when its body names none. */
  public RecordId recordId() {
    return RecordId.of(Arrays.copyOf(Hmac.tag(key, RECORD), RecordId.SIZE_BYTES));
  }

  /** Seals a padded body; to be called once for each key. */
  Ciphertext seal(byte[] prefix, byte[] paddedBody) {
    try (Expanded expanded = new Expanded(key)) {
      return Ciphertext.owning(Aead.seal(expanded.key, expanded.nonce, prefix, paddedBody));
    }
  }

  /**
   * Opens the body of a change.
   *
   * @return the padded body
   * @throws UndecryptableException if this is not the change's key, or the change has no ciphertext
   */
  byte[] openPadded(Change change) throws UndecryptableException {
    Tail tail = change.tail().orElse(null);
    Ciphertext ciphertext = change.ciphertext().orElse(null);
    if (tail == null || ciphertext == null) {
      throw new UndecryptableException();
    }
    if (!MessageDigest.isEqual(commitment().bytes(), tail.commitment().bytes())) {
      throw new UndecryptableException();
    }
    try (Expanded expanded = new Expanded(key)) {
      byte[] prefix = change.prefix().encoded();
      return Aead.open(expanded.key, expanded.nonce, prefix, ciphertext.array());
    }
  }

  /** Wipes the key. */
  public void wipe() {
    key.wipe();
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "message key";
  }

  private static byte[] ascii(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }

  /** Key and nonce of the cipher, wiped as soon as it has run. */
  private static final class Expanded implements AutoCloseable {

    private final Secret key;
    private final byte[] nonce;

    Expanded(Secret messageKey) {
      Secret both = Hkdf.expand(messageKey, "aead", Aead.KEY_BYTES + Aead.NONCE_BYTES);
      key = Secret.take(Arrays.copyOf(both.expose(), Aead.KEY_BYTES));
      nonce = Arrays.copyOfRange(both.expose(), Aead.KEY_BYTES, both.sizeBytes());
      both.wipe();
    }

    @Override
    public void close() {
      key.wipe();
    }
  }
}
