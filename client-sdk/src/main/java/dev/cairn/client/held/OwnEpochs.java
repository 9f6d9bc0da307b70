package dev.cairn.client.held;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.roster.NewEpoch;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys of this device's own circle: what coordinators tell it is sealed to them, and nobody
 * else was ever given them. They are kept where they can be destroyed, so that a phone that is
 * taken, with its passphrase, opens what it was told of late, and nothing older. Of each epoch two:
 * its seed, and a key under which the rows lie that open its sessions without the seed.
 */
public final class OwnEpochs {

  private static final char SEED = 'e';
  private static final char SESSIONS = 's';

  private final DestructibleKeys keys;
  private final Map<EpochId, EncryptionKey> inMemory = new TreeMap<>();

  OwnEpochs(DestructibleKeys keys) {
    this.keys = keys;
  }

  /**
   * Keeps the keys of a new epoch, durable on return. To be called before its statement is kept: a
   * crash between leaves keys to nothing.
   */
  public static void keep(DestructibleKeys keys, NewEpoch epoch, Randomness randomness)
      throws StoreException {
    Secret sessions = Secret.random(Aead.KEY_BYTES, randomness);
    Map<KeyName, Secret> both = new LinkedHashMap<>();
    both.put(name(SEED, epoch.id()), epoch.key().seed());
    both.put(name(SESSIONS, epoch.id()), sessions);
    keys.add(both);
    sessions.wipe();
  }

  private static KeyName name(char kind, EpochId epoch) {
    byte[] id = epoch.bytes();
    return KeyName.of(ByteBuffer.allocate(1 + id.length).put((byte) kind).put(id).array());
  }

  /** Whether the key of an epoch is there. */
  public boolean has(EpochId epoch) {
    return keys.has(name(SEED, epoch));
  }

  /** The private key of an epoch; empty if it was never there, was lost, or is destroyed. */
  public Optional<EncryptionKey> key(EpochId epoch) {
    EncryptionKey known = inMemory.get(epoch);
    if (known != null) {
      return Optional.of(known);
    }
    Secret seed = keys.get(name(SEED, epoch));
    if (seed == null) {
      return Optional.empty();
    }
    EncryptionKey key = EncryptionKey.of(seed);
    inMemory.put(epoch, key);
    return Optional.of(key);
  }

  /** The epochs of which there are keys, whether or not their statements are held. */
  public Set<EpochId> epochs() {
    Set<EpochId> epochs = new TreeSet<>();
    for (KeyName name : keys.names()) {
      byte[] bytes = name.bytes();
      if (bytes[0] == SEED && bytes.length == 1 + EpochId.SIZE_BYTES) {
        epochs.add(EpochId.of(Arrays.copyOfRange(bytes, 1, bytes.length)));
      }
    }
    return epochs;
  }

  /** The key of the rows that open an epoch's sessions, the caller's to wipe. */
  Optional<Secret> sessionsKey(EpochId epoch) {
    return Optional.ofNullable(keys.get(name(SESSIONS, epoch)));
  }

  /**
   * Destroys the keys of epochs: what was sealed to them opens no more.
   *
   * @throws StoreException if that fails; they are all still there
   */
  public void destroy(Collection<EpochId> epochs) throws StoreException {
    List<KeyName> names = new ArrayList<>();
    for (EpochId epoch : epochs) {
      names.add(name(SEED, epoch));
      names.add(name(SESSIONS, epoch));
    }
    keys.destroy(names);
    for (EpochId epoch : epochs) {
      EncryptionKey key = inMemory.remove(epoch);
      if (key != null) {
        key.wipe();
      }
    }
  }

  /** Forgets what is in memory. */
  void wipe() {
    inMemory.values().forEach(EncryptionKey::wipe);
    inMemory.clear();
  }
}
