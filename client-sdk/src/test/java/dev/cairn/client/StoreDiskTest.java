package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.EveryStep.OfEitherKind;
import dev.cairn.client.disk.FaultyDisk.Kind;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.recovery.RecoverySecret;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stores made and destroyed, with the disk failing at every step of it in turn. */
class StoreDiskTest extends PhoneOnAFaultyDisk {

  private static final int RECOVERY_STRIDE = 3;

  /** Destroys a store until a step, closes it, and says whether that came to its end. */
  private Ended wipe(Device device, int step) throws Exception {
    boolean[] done = {false};
    boolean through =
        EveryStep.isPassed(
            disk,
            Kind.CRASH,
            step,
            () -> {
              device.wipe();
              done[0] = true;
            });
    space.close(device);
    return new Ended(done[0], through);
  }

  /**
   * How a wipe ended.
   *
   * @param done whether it said that it was done
   * @param through whether the disk had not failed by then
   */
  private record Ended(boolean done, boolean through) {}

  @Test
  void wipe_diskFailsAtEveryStep_leavesTheStoreOrNothingThatOpens() throws Exception {
    List<String> outcomes = new ArrayList<>();
    boolean through = false;
    for (int step = 0; !through; step++) {
      String name = "wiped-" + step;
      Device device = space.make(name, space.invitation(desk));
      device.record(TestSpace.note("dies"));
      Ended wiped = wipe(device, step);
      through = wiped.through();
      if (StoreFolder.holdsStore(space.path(name))) {
        // Cut off before its first step: nothing is lost yet.
        outcomes.add("whole");
        assertThat(step).isZero();
        Device again = space.open(name);
        assertThat(again.list()).hasSize(1);
        assertThat(again.wipe()).isEqualTo(1);
        space.close(again);
      } else {
        outcomes.add(wiped.done() ? "gone" : "remains");
        if (!wiped.done() && Files.exists(folder.resolve(name))) {
          Cairn.wipe(space.path(name));
        }
      }
      assertThat(folder.resolve(name)).doesNotExist();
    }
    assertThat(outcomes).contains("remains").endsWith("gone");
  }

  @Test
  void wipe_besideAnotherFileDiskFailsAtEveryStep_isFinishedByTheNextAndLeavesThatFile()
      throws Exception {
    boolean through = false;
    for (int step = 1; !through; step++) {
      String name = "wiped-" + step;
      Device device = space.make(name, space.invitation(desk));
      Files.createFile(folder.resolve(name).resolve("notes.txt"));
      Ended wiped = wipe(device, step);
      through = wiped.through();
      if (!wiped.done() && filesIn(name).size() > 1) {
        Cairn.wipe(space.path(name));
      }
      assertThat(filesIn(name)).containsExactly("notes.txt");
    }
  }

  @OfEitherKind
  void join_diskFailsAtEveryStep_leavesAStoreOrNone(Kind kind) throws Exception {
    int step = 0;
    for (boolean through = false; !through; step++) {
      String name = "joined-" + step;
      through =
          EveryStep.isPassed(
              disk, kind, step, () -> phone = space.make(name, space.invitation(desk)));
      if (kind == Kind.FULL && !through) {
        assertThat(folder.resolve(name)).doesNotExist();
      }
      if (!through) {
        phone =
            StoreFolder.holdsStore(space.path(name))
                ? space.open(name)
                : space.make(name, space.invitation(desk));
      }
      record("by " + name);
      assertThat(phone.fsck().problems()).isEmpty();
      space.sync(phone);
    }
    everythingArrives();
    assertThat(step).isGreaterThan(5);
  }

  @OfEitherKind
  void recover_diskFailsAtEveryStep_bringsEverythingBack(Kind kind) throws Exception {
    TestSpace other = new TestSpace(folder.resolve("other"), 12);
    try (other) {
      RecoverySecret secret = RecoverySecret.generate(other.host.randomness());
      Device owner = other.owner("owner", Optional.of(secret));
      Device reporter = other.reporter(owner, "reporter");
      reporter.record(TestSpace.note("found again"));
      other.sync(reporter);
      other.sync(owner);
      other.disk(disk);
      int step = 0;
      // The steps of a sync are all tried elsewhere; here some, for what only a new owner sends.
      for (boolean through = false; !through; step += RECOVERY_STRIDE) {
        String name = "owner-" + step;
        Device made = other.recover(name, secret, owner);
        through = EveryStep.isPassed(disk, kind, step, () -> other.sync(made));
        other.close(made);
        Device next = other.open(name);
        other.sync(next);
        assertThat(TestSpace.notes(next)).containsExactly("found again");
        assertThat(next.fsck().problems()).isEmpty();
        owner = next;
      }
      assertThat(step).isGreaterThan(3);
    }
  }
}
