package dev.cairn.simulation.device;

import dev.cairn.client.Device;
import dev.cairn.client.Stores;
import dev.cairn.client.host.Host;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.simulation.disk.Disk;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.time.VirtualTime;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A phone, or a coordinator's computer: a disk, a clock, chance, and the real client on it. */
public final class Machine implements AutoCloseable {

  private final String name;
  private final Path folder;
  private final Disk disk;
  private final VirtualTime.WrongClock clock;
  private final Stores stores;
  private @Nullable Device device;
  private @Nullable Desk desk;
  private @Nullable DeviceId id;
  private boolean coordinates;

  /** A machine without a store. */
  public Machine(String name, Path folder, VirtualTime time, Randomness randomness, Disks disks) {
    this.name = name;
    this.folder = folder;
    this.clock = new VirtualTime.WrongClock(time);
    this.disk = disks.of(folder);
    this.stores = new Stores(new Host(clock, time::millis, randomness), disk.drivers());
  }

  /** What it is called in what the simulator prints. */
  public String name() {
    return name;
  }

  /** Where its store is. */
  public Path folder() {
    return folder;
  }

  /** What it remembers. */
  public Disk disk() {
    return disk;
  }

  /** What it takes for the time. */
  public VirtualTime.WrongClock clock() {
    return clock;
  }

  /** Makes and opens its stores. */
  public Stores stores() {
    return stores;
  }

  /** The passphrase of its store. */
  public static Secret passphrase() {
    return Secret.take(new byte[] {1});
  }

  /** Goes on with a store that was just made. */
  public Device begin(Device made) throws CairnException {
    device = made;
    id = made.profile().device();
    coordinates = made.profile().role().coordinates();
    desk = coordinates ? Desk.over(made) : null;
    return made;
  }

  /** What there is of it while it is switched off. */
  public record Asleep(String name, DeviceId id, boolean coordinates, Disk.Copy image) {}

  /** Switches it off for good: another machine may be made of it. */
  public Asleep asleep() {
    close();
    return new Asleep(name, id(), coordinates, disk.image());
  }

  /** Goes on as another machine that was switched off. */
  public void wake(Asleep other) throws CairnException {
    disk.begin(folder, other.image());
    id = other.id();
    coordinates = other.coordinates();
  }

  /** The device's id. */
  public DeviceId id() {
    DeviceId known = id;
    if (known == null) {
      throw new IllegalStateException(name + " has no store yet");
    }
    return known;
  }

  /** Whether it is a coordinator's. */
  public boolean coordinates() {
    return coordinates;
  }

  /** The open device; opens it if need be. */
  public Device device() throws CairnException {
    Device open = device;
    return open == null ? begin(stores.open(folder, passphrase(), KeyProtector.NONE)) : open;
  }

  /** The desk over it. */
  public Desk desk() throws CairnException {
    device();
    Desk open = desk;
    if (open == null) {
      throw new IllegalStateException(name + " is no coordinator's");
    }
    return open;
  }

  /** Locks it: keys leave the memory, the store stays. */
  @Override
  public void close() {
    Device open = device;
    device = null;
    desk = null;
    if (open != null) {
      open.close();
    }
  }

  /** It lost its power. */
  public void died() {
    disk.powerOff();
    close();
    disk.powerOn();
  }

  @Override
  public String toString() {
    return name;
  }
}
