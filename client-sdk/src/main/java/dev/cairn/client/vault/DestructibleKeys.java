package dev.cairn.client.vault;

import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.suite.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys by name that can be destroyed for good, one by one: whatever else is kept, what they opened
 * is closed for ever once {@link #destroy} returns. Not safe for use by several threads at once.
 */
public interface DestructibleKeys extends AutoCloseable {

  /** The key under a name, the caller's to wipe; null if never there, or destroyed. */
  @Nullable Secret get(byte[] name);

  /** Whether a key is there. */
  boolean has(byte[] name);

  /** The names of all keys. */
  List<byte[]> names();

  /**
   * Adds keys, durable on return.
   *
   * @param added names of at most 64 bytes, keys of 32
   */
  void add(Map<byte[], Secret> added) throws StoreException;

  /** Destroys keys; names without a key are no error. */
  void destroy(Collection<byte[]> names) throws StoreException;

  /** Forgets the keys held in memory. */
  @Override
  void close();
}
