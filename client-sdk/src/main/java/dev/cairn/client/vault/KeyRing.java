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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private static final int NAME_BYTES_MAX = 64;
  private static final byte[] AAD = "cairn/store/ring".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final Secret wrappingKey;
  private final Randomness randomness;
  private final Map<ByteBuffer, byte[]> keys = new TreeMap<>();

  private KeyRing(Path file, Secret master, Randomness randomness) {
    this.file = file;
    this.wrappingKey = Hkdf.expand(master, "cairn/store/ring", KEY_BYTES);
    this.randomness = randomness;
  }

  /**
   * Opens the ring; a store that never had one has an empty ring.
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
        keys.put(ByteBuffer.wrap(inner.bytes(NAME_BYTES_MAX)), inner.bytesExactly(KEY_BYTES));
      }
      inner.end();
    } catch (MalformedException | UndecryptableException e) {
      throw new StoreException(Reason.CORRUPT, "the key ring is damaged", e);
    }
  }

  @Override
  public @Nullable Secret get(byte[] name) {
    byte[] key = keys.get(ByteBuffer.wrap(name));
    return key == null ? null : Secret.copyOf(key);
  }

  @Override
  public boolean has(byte[] name) {
    return keys.containsKey(ByteBuffer.wrap(name));
  }

  @Override
  public List<byte[]> names() {
    List<byte[]> names = new ArrayList<>();
    for (ByteBuffer name : keys.keySet()) {
      byte[] copy = new byte[name.remaining()];
      name.duplicate().get(copy);
      names.add(copy);
    }
    return names;
  }

  @Override
  public void add(Map<byte[], Secret> added) throws StoreException {
    if (added.isEmpty()) {
      return;
    }
    for (Map.Entry<byte[], Secret> entry : added.entrySet()) {
      keys.put(ByteBuffer.wrap(entry.getKey().clone()), entry.getValue().expose().clone());
    }
    write();
  }

  @Override
  public void destroy(Collection<byte[]> names) throws StoreException {
    boolean changed = false;
    for (byte[] name : names) {
      byte[] key = keys.remove(ByteBuffer.wrap(name));
      if (key != null) {
        Arrays.fill(key, (byte) 0);
        changed = true;
      }
    }
    if (changed) {
      write();
    }
  }

  private void write() throws StoreException {
    CborWriter entries = new CborWriter().array(keys.size());
    for (Map.Entry<ByteBuffer, byte[]> entry : keys.entrySet()) {
      entries.array(2).bytes(entry.getKey().array()).bytes(entry.getValue());
    }
    Secret ringKey = Secret.random(KEY_BYTES, randomness);
    byte[] nonce = randomness.bytes(Aead.NONCE_BYTES);
    byte[] content =
        new CborWriter()
            .array(4)
            .uint(VERSION)
            .bytes(nonce)
            .bytes(Aead.seal(wrappingKey, nonce, AAD, ringKey.expose()))
            .bytes(Aead.seal(ringKey, nonce, AAD, entries.toBytes()))
            .toBytes();
    DurableFile.replace(file, content);
  }

  @Override
  public void close() {
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    keys.clear();
    wrappingKey.wipe();
  }
}
