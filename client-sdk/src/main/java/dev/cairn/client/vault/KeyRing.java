package dev.cairn.client.vault;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys that must be destroyable one by one: of records that wait for sealing, and of a device's own
 * circle. They live in one small file outside the database (a deleted row would live on in its
 * write-ahead log), rewritten whole under a fresh key at every change: what an older copy of the
 * file on the medium holds stays bound to the passphrase, and is overwritten on the next write
 * where the medium allows it. What flash may keep is said in the threat model.
 *
 * <p>File: {@code [1, nonce, ring key wrapped under the master key, entries under the ring key]}.
 * Not safe for use by several threads at once.
 */
public final class KeyRing implements DestructibleKeys {

  private static final int VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final byte[] AAD = "cairn/store/ring".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final Secret wrappingKey;
  private final Randomness randomness;
  private Map<KeyName, byte[]> keys = new LinkedHashMap<>();

  private KeyRing(Path file, Secret master, Randomness randomness) {
    this.file = file;
    this.wrappingKey = Hkdf.expand(master, "cairn/store/ring", KEY_BYTES);
    this.randomness = randomness;
  }

  /**
   * Makes the empty ring of a new store.
   *
   * @throws StoreException if it cannot be written
   */
  public static void create(Path file, Secret master, Randomness randomness) throws StoreException {
    try (KeyRing ring = new KeyRing(file, master, randomness)) {
      ring.write(ring.keys);
    }
  }

  /**
   * Opens the ring. A lost one opens as an empty one, because what is already encrypted can still
   * be sent; {@code fsck} tells of the loss.
   *
   * @throws StoreException if it is damaged or not this store's
   */
  public static KeyRing open(Path file, Secret master, Randomness randomness)
      throws StoreException {
    KeyRing ring = new KeyRing(file, master, randomness);
    if (Files.exists(file)) {
      ring.read(DurableFile.read(file));
    }
    return ring;
  }

  private void read(byte[] content) throws StoreException {
    try {
      CborReader reader = CborReader.of(content);
      reader.arrayOf(4);
      if (reader.uint() != VERSION) {
        throw new StoreException(Reason.TOO_NEW, "a newer program wrote the key ring");
      }
      byte[] nonce = reader.bytesExactly(Aead.NONCE_BYTES);
      Secret ringKey =
          Secret.take(
              Aead.open(wrappingKey, nonce, AAD, reader.bytesExactly(KEY_BYTES + Aead.TAG_BYTES)));
      byte[] entries = Aead.open(ringKey, nonce, AAD, reader.bytes(content.length));
      reader.end();
      CborReader inner = CborReader.of(entries);
      int count = inner.arrayHeader();
      for (int i = 0; i < count; i++) {
        inner.arrayOf(2);
        byte[] name = inner.bytes(KeyName.SIZE_BYTES_MAX);
        if (name.length == 0) {
          throw new MalformedException("key without a name", inner.position());
        }
        keys.put(KeyName.of(name), inner.bytesExactly(KEY_BYTES));
      }
      inner.end();
    } catch (MalformedException | UndecryptableException e) {
      throw new StoreException(Reason.CORRUPT, "the key ring is damaged", e);
    }
  }

  @Override
  public @Nullable Secret get(KeyName name) {
    byte[] key = keys.get(name);
    return key == null ? null : Secret.copyOf(key);
  }

  @Override
  public boolean has(KeyName name) {
    return keys.containsKey(name);
  }

  @Override
  public Set<KeyName> names() {
    return new LinkedHashSet<>(keys.keySet());
  }

  @Override
  public void add(Map<KeyName, Secret> added) throws StoreException {
    if (added.isEmpty()) {
      return;
    }
    Map<KeyName, byte[]> more = new LinkedHashMap<>(keys);
    for (Map.Entry<KeyName, Secret> entry : added.entrySet()) {
      more.put(entry.getKey(), entry.getValue().expose().clone());
    }
    write(more);
    keys = more;
  }

  @Override
  public void destroy(Collection<KeyName> names) throws StoreException {
    Map<KeyName, byte[]> fewer = new LinkedHashMap<>(keys);
    if (!fewer.keySet().removeAll(new HashSet<>(names))) {
      return;
    }
    // Memory follows the file: a key that could not be destroyed must not look as if it were.
    write(fewer);
    for (KeyName name : names) {
      byte[] key = keys.get(name);
      if (key != null) {
        Arrays.fill(key, (byte) 0);
      }
    }
    keys = fewer;
  }

  private void write(Map<KeyName, byte[]> content) throws StoreException {
    CborWriter entries = new CborWriter().array(content.size());
    for (Map.Entry<KeyName, byte[]> entry : content.entrySet()) {
      entries.array(2).bytes(entry.getKey().bytes()).bytes(entry.getValue());
    }
    Secret ringKey = Secret.random(KEY_BYTES, randomness);
    byte[] nonce = randomness.bytes(Aead.NONCE_BYTES);
    byte[] form =
        new CborWriter()
            .array(4)
            .uint(VERSION)
            .bytes(nonce)
            .bytes(Aead.seal(wrappingKey, nonce, AAD, ringKey.expose()))
            .bytes(Aead.seal(ringKey, nonce, AAD, entries.toBytes()))
            .toBytes();
    DurableFile.replace(file, form);
  }

  @Override
  public void close() {
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    keys.clear();
    wrappingKey.wipe();
  }
}
