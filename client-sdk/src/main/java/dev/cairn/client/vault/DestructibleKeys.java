package dev.cairn.client.vault;

import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.suite.Secret;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys by name that can be destroyed for good, one by one: whatever else is kept, what they opened
 * is closed for ever once {@link #destroy} returns. Not safe for use by several threads at once.
 */
public interface DestructibleKeys extends AutoCloseable {

  /** The key under a name, the caller's to wipe; null if never there, or destroyed. */
  @Nullable Secret get(KeyName name);

  /** Whether a key is there. */
  boolean has(KeyName name);

  /** The names of all keys. */
  Set<KeyName> names();

  /**
   * Adds keys of 32 bytes, durable on return.
   *
   * @throws StoreException if that fails; none was added
   */
  void add(Map<KeyName, Secret> added) throws StoreException;

  /**
   * Destroys keys; names without a key are no error.
   *
   * @throws StoreException if that fails; they are all still there
   */
  void destroy(Collection<KeyName> names) throws StoreException;

  /** Forgets the keys held in memory. */
  @Override
  void close();
}
