package dev.cairn.client.held;

import dev.cairn.client.report.SealMode;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.store.Table;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was written here and is not sealed yet, and what coordinators told that was not dismissed:
 * each under a key of its own outside the database. When that key is destroyed, nothing the disk
 * still holds of these rows can be opened, with the passphrase or without.
 */
public final class WaitingContent {

  /** Length of a key, in bytes. */
  public static final int KEY_BYTES = Aead.KEY_BYTES;

  private static final char RECORD = 'r';
  private static final char MESSAGE = 'q';
  private static final KeyName NEVER_SEALED = KeyName.of("n".getBytes(StandardCharsets.US_ASCII));

  private WaitingContent() {}

  /** The name of the key under which a record's content waits on a device that seals so. */
  public static KeyName keyName(SealMode mode, RecordId record) {
    return mode == SealMode.NEVER ? NEVER_SEALED : keyName(record);
  }

  /** The name of a record's key. */
  public static KeyName keyName(RecordId record) {
    return name(RECORD, record.bytes());
  }

  /** The name of the key to what a coordinator's change told. */
  public static KeyName keyName(ChangeId message) {
    return name(MESSAGE, message.bytes());
  }

  /** Whether a name is one of these, and not one that stands for all reports. */
  public static boolean isNamed(KeyName name) {
    byte[] bytes = name.bytes();
    return (bytes[0] == RECORD && bytes.length == 1 + RecordId.SIZE_BYTES)
        || (bytes[0] == MESSAGE && bytes.length == 1 + ChangeId.SIZE_BYTES);
  }

  private static KeyName name(char kind, byte[] id) {
    return KeyName.of(ByteBuffer.allocate(1 + id.length).put((byte) kind).put(id).array());
  }

  /** Seals what a change says. */
  public static byte[] seal(Secret key, byte[] place, byte[] content, Randomness randomness) {
    byte[] nonce = randomness.bytes(Aead.NONCE_BYTES);
    byte[] sealed = Aead.seal(key, nonce, place, content);
    return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
  }

  /** Opens it again. */
  public static byte[] open(Secret key, byte[] place, byte[] sealed) throws StoreException {
    try {
      if (sealed.length < Aead.NONCE_BYTES) {
        throw new UndecryptableException();
      }
      return Aead.open(
          key,
          Arrays.copyOf(sealed, Aead.NONCE_BYTES),
          place,
          Arrays.copyOfRange(sealed, Aead.NONCE_BYTES, sealed.length));
    } catch (UndecryptableException e) {
      throw new StoreException(Reason.CORRUPT, "waiting content is not what was written", e);
    }
  }

  /** Keeps what the change at a sequence states. */
  public static void write(
      SealedRows rows, long sequence, byte[] content, Secret key, Randomness randomness)
      throws CairnException {
    rows.put(Table.CONTENT, sequence, seal(key, place(sequence), content, randomness));
  }

  /** What the change at a sequence states, or null if it is not kept. */
  public static byte @Nullable [] read(SealedRows rows, long sequence, Secret key)
      throws CairnException {
    byte[] sealed = rows.get(Table.CONTENT, sequence);
    return sealed == null ? null : open(key, place(sequence), sealed);
  }

  private static byte[] place(long sequence) {
    return ("cairn/store/content/" + sequence).getBytes(StandardCharsets.US_ASCII);
  }
}
