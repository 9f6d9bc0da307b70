package dev.cairn.simulation.crash;

import dev.cairn.protocol.suite.Randomness;
import dev.cairn.simulation.disk.Disk;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.disk.PowerSupply;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** The real disks of one world, in a process whose calls are recorded. */
public final class RealDisks implements Disks, AutoCloseable {

  private static final String LOCK = "lock";
  private static final String LEDGER = "ledger-";

  private final long seed;
  private final Recording recording;
  private final Images images;

  /**
   * For one world.
   *
   * @param record where the calls of this process are recorded
   * @param folder of the world
   */
  public RealDisks(long seed, Path record, Path folder) {
    this.seed = seed;
    this.recording = new Recording(record, folder);
    this.images = new Images(folder.resolve("images"));
  }

  @Override
  public Disk of(Path folder) {
    RecordedSupply power = supply(folder, name -> !name.equals(LOCK));
    Random forRing = chance(folder, 1);
    Randomness randomness = forRing::nextBytes;
    return new RealDisk(folder, power, randomness);
  }

  @Override
  public PowerSupply ofServer(Path folder) {
    return supply(folder, name -> name.startsWith(LEDGER));
  }

  private RecordedSupply supply(Path folder, Predicate<String> names) {
    return new RecordedSupply(folder, names, recording, images, chance(folder, 0));
  }

  /** Chance that depends on nothing else that happens in the world. */
  private Random chance(Path folder, int which) {
    return new Random(31 * (31 * seed + folder.getFileName().toString().hashCode()) + which);
  }

  @Override
  public List<String> lost() {
    return images.lost();
  }

  @Override
  public long images() {
    return images.opened();
  }

  @Override
  public void close() {
    recording.close();
  }
}
