package dev.cairn.simulation.crash;

import dev.cairn.simulation.disk.PowerSupply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a machine's power by the record of what it asked of the operating system: between any two
 * calls of its last write, with of all that was not synced nothing, a begin, a begin whose last
 * write is torn, or any part. Each such image is opened and must hold what was said to be durable,
 * and of the last write all or nothing; one of them is what the machine goes on with.
 */
final class RecordedSupply implements PowerSupply {

  /** One write in so many is looked at from its begin to its end, though nobody dies of it. */
  private static final int LOOK_EVERY = 32;

  /** So many places in the last write are looked at. */
  private static final int PLACES_MAX = 6;

  private final Path folder;
  private final Predicate<String> names;
  private final Volume volume;
  private final Recording recording;
  private final Images images;
  private final Random chance;
  private @Nullable Contents before;
  private @Nullable Map<String, byte[]> left;
  private int writes;

  /**
   * Watches a folder.
   *
   * @param names files that matter
   * @param chance of what is kept; the machine's own
   */
  RecordedSupply(
      Path folder, Predicate<String> names, Recording recording, Images images, Random chance) {
    this.folder = folder;
    this.names = name -> names.test(name) && !name.endsWith(FolderFiles.SHARED_INDEX);
    this.volume = new Volume(this.names);
    this.recording = recording;
    this.images = images;
    this.chance = chance;
    recording.watch(folder, volume);
  }

  @Override
  public boolean cutsWithin() {
    return true;
  }

  @Override
  public void started() {
    adopt(FolderFiles.read(folder, names));
  }

  private void adopt(Map<String, byte[]> files) {
    recording.catchUp();
    volume.adopt(files);
  }

  private void catchUp() {
    recording.catchUp();
    volume.settle(volume.recorded());
  }

  @Override
  public void beforeWrite(boolean last) {
    before = null;
    if (last || ++writes % LOOK_EVERY == 0) {
      catchUp();
      before = images.open(volume.image(Keeping.EVERYTHING));
    }
  }

  @Override
  public void answered() {
    if (before != null) {
      recording.catchUp();
      look(volume.recorded());
      before = null;
      return;
    }
    catchUp();
    if (volume.unsynced() > 0) {
      Contents all = images.open(everything());
      expect(volume.image(Keeping.NOTHING), all, all, "what was answered");
    }
  }

  /** All that was written, which has to be what is seen: else something went by unrecorded. */
  private Map<String, byte[]> everything() {
    Map<String, byte[]> all = volume.image(Keeping.EVERYTHING);
    Map<String, byte[]> seen = FolderFiles.read(folder, names);
    if (!all.keySet().equals(seen.keySet())
        || !all.keySet().stream().allMatch(name -> Arrays.equals(all.get(name), seen.get(name)))) {
      throw new RecordingError("the record does not tell what is in " + folder);
    }
    return all;
  }

  private void expect(Map<String, byte[]> image, Contents one, Contents other, String what) {
    Contents there = images.open(image);
    if (!there.isSame(one) && !there.isSame(other)) {
      images.lost(folder.getFileName() + ", " + what, one.missingIn(there));
    }
  }

  @Override
  public void cut(boolean within) {
    if (left == null) {
      recording.catchUp();
      int calls = volume.recorded();
      List<Map<String, byte[]>> leftovers =
          look(within && before != null ? chance.nextInt(calls + 1) : calls);
      left = leftovers.get(chance.nextInt(leftovers.size()));
    }
  }

  /**
   * Looks at what a cut leaves after so many calls of the last write, and at places before it.
   *
   * @return what may be left at that place
   */
  private List<Map<String, byte[]>> look(int place) {
    int calls = volume.recorded();
    List<Map<String, byte[]>> inside = new ArrayList<>();
    int settled = 0;
    if (before != null) {
      int step = 1 + place / PLACES_MAX;
      for (; settled + step < place; settled += step) {
        volume.settle(step);
        inside.add(volume.image(chance.nextBoolean() ? Keeping.NOTHING : Keeping.some(chance)));
      }
    }
    volume.settle(place - settled);
    List<Map<String, byte[]>> leftovers = leftovers();
    volume.settle(calls - place);
    Contents after = images.open(everything());
    Contents begin = before == null ? after : before;
    inside.forEach(image -> expect(image, after, begin, "in a write"));
    Contents unlessDone = place == calls ? after : begin;
    leftovers.forEach(image -> expect(image, after, unlessDone, "at a cut"));
    return leftovers;
  }

  /** What may be left now. */
  private List<Map<String, byte[]>> leftovers() {
    List<Map<String, byte[]>> leftovers = new ArrayList<>();
    leftovers.add(volume.image(Keeping.NOTHING));
    int unsynced = volume.unsynced();
    if (unsynced > 0) {
      int kept = chance.nextInt(unsynced + 1);
      leftovers.add(volume.image(Keeping.first(kept)));
      leftovers.add(volume.image(Keeping.torn(kept, chance)));
      leftovers.add(volume.image(Keeping.some(chance)));
    }
    return leftovers;
  }

  @Override
  public void back() {
    Map<String, byte[]> files = left;
    if (files != null) {
      put(files);
    }
  }

  /** Puts files in the place of all that there are. */
  void put(Map<String, byte[]> files) {
    FolderFiles.replace(folder, names, files);
    adopt(files);
    left = null;
    before = null;
  }

  /** All files as they are. */
  Map<String, byte[]> files() {
    return FolderFiles.read(folder, names);
  }
}
