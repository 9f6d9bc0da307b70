package dev.cairn.simulation.disk;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.suite.Secret;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The destructible keys of a simulated disk, for one life of its machine. */
final class SimulatedKeys implements DestructibleKeys {

  private final SimulatedDisk disk;
  private final long life;

  SimulatedKeys(SimulatedDisk disk) {
    this.disk = disk;
    this.life = disk.life();
  }

  @Override
  public @Nullable Secret get(KeyName name) {
    disk.requireAlive(life);
    byte[] key = disk.keys().get(name);
    return key == null ? null : Secret.take(key.clone());
  }

  @Override
  public boolean has(KeyName name) {
    disk.requireAlive(life);
    return disk.keys().containsKey(name);
  }

  @Override
  public Set<KeyName> names() {
    disk.requireAlive(life);
    return new LinkedHashSet<>(disk.keys().keySet());
  }

  @Override
  public void add(Map<KeyName, Secret> added) throws StoreException {
    disk.requireAlive(life);
    Map<KeyName, byte[]> copies = new LinkedHashMap<>();
    added.forEach((name, key) -> copies.put(name, key.expose().clone()));
    disk.write(() -> disk.keys().putAll(copies));
  }

  @Override
  public void destroy(Collection<KeyName> names) throws StoreException {
    disk.requireAlive(life);
    disk.write(() -> names.forEach(disk.keys()::remove));
  }

  @Override
  public void close() {}
}
