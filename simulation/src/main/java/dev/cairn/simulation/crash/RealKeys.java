package dev.cairn.simulation.crash;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.simulation.disk.DiskPlan;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The destructible keys of a real disk, for one life of its machine. */
final class RealKeys implements DestructibleKeys {

  private final RealDisk disk;
  private final DestructibleKeys keys;
  private final long life;

  RealKeys(RealDisk disk, DestructibleKeys keys) {
    this.disk = disk;
    this.keys = keys;
    this.life = disk.life();
  }

  @Override
  public @Nullable Secret get(KeyName name) {
    disk.requireAlive(life);
    return keys.get(name);
  }

  @Override
  public boolean has(KeyName name) {
    disk.requireAlive(life);
    return keys.has(name);
  }

  @Override
  public Set<KeyName> names() {
    disk.requireAlive(life);
    return keys.names();
  }

  @Override
  public void add(Map<KeyName, Secret> added) throws StoreException {
    disk.requireAlive(life);
    DiskPlan.Fate fate = disk.fate();
    keys.add(added);
    disk.wrote(fate);
  }

  @Override
  public void destroy(Collection<KeyName> names) throws StoreException {
    disk.requireAlive(life);
    DiskPlan.Fate fate = disk.fate();
    keys.destroy(names);
    disk.wrote(fate);
  }

  @Override
  public void close() {
    keys.close();
  }
}
