package dev.cairn.client.vault;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Argon2Cost;
import dev.cairn.protocol.suite.Argon2id;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The master key of a store under its passphrase: {@code [1, memory KiB, passes, salt, wrapped]}
 * where {@code wrapped} is AES-256-GCM of the key under HKDF(protector(Argon2id(passphrase))). A
 * wrong passphrase costs the same work as the right one and changes nothing.
 *
 * <p>Source: RFC 9106 (Argon2id), at or above its second recommended option.
 */
public final class KeySlot {

  private static final int VERSION = 1;
  private static final Argon2Cost COST = new Argon2Cost(65_536, 3, 1);
  private static final int SALT_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private KeySlot() {}

  /**
   * Makes a new master key and writes its slot.
   *
   * @return the master key, 32 bytes, the caller's to wipe
   */
  public static Secret create(
      Path file, Secret passphrase, KeyProtector protector, Randomness randomness)
      throws StoreException {
    Secret master = Secret.take(randomness.bytes(KEY_BYTES));
    byte[] salt = randomness.bytes(SALT_BYTES);
    byte[] wrapped = Wrapping.of(passphrase, protector, COST, salt).seal(master);
    byte[] content =
        new CborWriter()
            .array(5)
            .uint(VERSION)
            .uint(COST.memoryKib())
            .uint(COST.passes())
            .bytes(salt)
            .bytes(wrapped)
            .toBytes();
    DurableFile.replace(file, content);
    return master;
  }

  /**
   * The master key.
   *
   * @throws KeysLockedException if the passphrase is not the one
   * @throws StoreException if the slot is missing, damaged or of a newer program
   */
  public static Secret open(Path file, Secret passphrase, KeyProtector protector)
      throws StoreException, KeysLockedException {
    Argon2Cost cost;
    byte[] salt;
    byte[] wrapped;
    try {
      CborReader reader = CborReader.of(DurableFile.read(file));
      reader.arrayOf(5);
      if (reader.uint() != VERSION) {
        throw new StoreException(Reason.TOO_NEW, "a newer program wrote the passphrase slot");
      }
      cost = Argon2Cost.stated(reader.uint(), reader.uint(), 1);
      salt = reader.bytesExactly(SALT_BYTES);
      wrapped = reader.bytesExactly(KEY_BYTES + Aead.TAG_BYTES);
      reader.end();
      if (cost.memoryKib() < COST.memoryKib() || cost.passes() < COST.passes()) {
        throw new StoreException(Reason.CORRUPT, "the passphrase slot asks for too little work");
      }
    } catch (MalformedException e) {
      throw new StoreException(Reason.CORRUPT, "the passphrase slot is damaged", e);
    }
    return Wrapping.of(passphrase, protector, cost, salt).open(wrapped);
  }

  /** Key and nonce for one wrapping; the salt is new each time, so they are used once. */
  private static final class Wrapping {
    private static final byte[] AAD = "cairn/store/slot".getBytes(StandardCharsets.US_ASCII);

    private final Secret key;
    private final byte[] nonce;

    private Wrapping(Secret key, byte[] nonce) {
      this.key = key;
      this.nonce = nonce;
    }

    static Wrapping of(Secret passphrase, KeyProtector protector, Argon2Cost cost, byte[] salt) {
      Secret stretched = Argon2id.derive(passphrase, salt, cost, KEY_BYTES);
      Secret mixed = protector.mix(stretched);
      Secret key = Hkdf.expand(mixed, "cairn/store/slot", Aead.KEY_BYTES);
      Secret nonce = Hkdf.expand(mixed, "cairn/store/slot/nonce", Aead.NONCE_BYTES);
      stretched.wipe();
      mixed.wipe();
      return new Wrapping(key, nonce.expose().clone());
    }

    byte[] seal(Secret master) {
      byte[] wrapped = Aead.seal(key, nonce, AAD, master.expose());
      key.wipe();
      return wrapped;
    }

    Secret open(byte[] wrapped) throws KeysLockedException {
      try {
        return Secret.take(Aead.open(key, nonce, AAD, wrapped));
      } catch (UndecryptableException e) {
        throw new KeysLockedException();
      } finally {
        key.wipe();
      }
    }
  }
}
