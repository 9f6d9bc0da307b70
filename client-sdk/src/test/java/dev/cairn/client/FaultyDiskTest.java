package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.disk.FaultyDisk;
import dev.cairn.client.disk.FaultyDisk.Kind;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.recovery.RecoverySecret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything a device does, with the disk failing at every step of it in turn: crashed there, or
 * full from there on. What was acknowledged is never lost, nothing is there twice, and the store is
 * whole.
 */
class FaultyDiskTest {

  /** More steps than anything takes. */
  private static final int STEPS_MAX = 200;

  private static final int RECOVERY_STRIDE = 3;

  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private final List<String> acknowledged = new ArrayList<>();
  private final List<String> attempted = new ArrayList<>();
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 11);
    desk = space.owner("desk");
    space.disk(disk);
    phone = space.reporter(desk, "phone");
    space.sync(phone);
  }

  @AfterEach
  void end() {
    disk.count(Kind.CRASH);
    space.close();
  }

  /** Something a device does. */
  private interface Action {
    void run() throws Exception;
  }

  /**
   * Does something again and again, each time with a failure one step later, until it comes through
   * without one; answers how many failures that took.
   */
  private int atEveryStep(Kind kind, Action action) throws Exception {
    int step = 0;
    boolean through = false;
    while (!through) {
      assertThat(step).isLessThan(STEPS_MAX);
      disk.failAt(kind, step);
      try {
        action.run();
        through = !disk.failed();
      } catch (StoreException e) {
        assertThat(disk.failed()).isTrue();
        assertThat(e.code()).isEqualTo(kind == Kind.FULL ? "store.full" : "store.failed");
      }
      disk.count(kind);
      recover(kind);
      step++;
    }
    assertThat(step).as("steps").isGreaterThan(1);
    return step - 1;
  }

  /** After a crash the store is opened again; after a full disk the same process goes on. */
  private void recover(Kind kind) throws Exception {
    if (kind == Kind.CRASH) {
      space.close(phone);
      phone = space.open("phone");
    }
    assertThat(phone.fsck().problems()).isEmpty();
    assertThat(unfinishedFiles("phone")).isEmpty();
  }

  private List<String> unfinishedFiles(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".new") || file.equals("unfinished"))
          .toList();
    }
  }

  private void attempt(String text) {
    attempted.add(text);
  }

  private void acknowledge(String text) {
    acknowledged.add(text);
  }

  private void everythingArrives() throws Exception {
    space.sync(phone);
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
    assertThat(phone.fsck().problems()).isEmpty();
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).doesNotHaveDuplicates().containsAll(acknowledged);
    assertThat(attempted).containsAll(TestSpace.notes(desk));
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
  void record_diskFailsAtEveryStep_losesNothing(Kind kind) throws Exception {
    atEveryStep(
        kind,
        () -> {
          String text = "report " + attempted.size();
          attempt(text);
          phone.record(TestSpace.note(text));
          acknowledge(text);
        });
    everythingArrives();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
  void recordAll_diskFailsAtEveryStep_keepsAllOrNone(Kind kind) throws Exception {
    atEveryStep(
        kind,
        () -> {
          int number = attempted.size();
          String one = "first " + number;
          String two = "second " + number;
          attempt(one);
          attempt(two);
          phone.recordAll(List.of(TestSpace.note(one), TestSpace.note(two)));
          acknowledge(one);
          acknowledge(two);
        });
    everythingArrives();
    List<String> notes = TestSpace.notes(desk);
    assertThat(notes.stream().filter(note -> note.startsWith("first")).count())
        .isEqualTo(notes.stream().filter(note -> note.startsWith("second")).count());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
  void edit_diskFailsAtEveryStep_losesNothing(Kind kind) throws Exception {
    RecordId record = phone.record(TestSpace.note("first"));
    attempt("first");
    acknowledge("first");
    atEveryStep(
        kind,
        () -> {
          String text = "edit " + attempted.size();
          attempt(text);
          phone.edit(record, List.of(new Operation.Note(text)));
          acknowledge(text);
        });
    assertThat(phone.list()).hasSize(1);
    everythingArrives();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
  void attach_diskFailsAtEveryStep_keepsFileAndChangeTogether(Kind kind) throws Exception {
    RecordId record = phone.record(TestSpace.note("with a photograph"));
    attempt("with a photograph");
    List<String> attached = new ArrayList<>();
    atEveryStep(
        kind,
        () -> {
          byte[] content = ("photograph " + attached.size()).getBytes(StandardCharsets.UTF_8);
          attached.add(
              phone
                  .attach(
                      record,
                      new ByteArrayInputStream(content),
                      "name",
                      "image/jpeg",
                      CaptureMetadata.NONE)
                  .toString());
        });
    List<String> named = named();
    assertThat(named).containsAll(attached).doesNotHaveDuplicates();
    assertThat(filesIn("phone/attachments")).containsExactlyInAnyOrderElementsOf(named);
    everythingArrives();
  }

  /** The attachments that changes of the phone name, read on the desk's side of the ledger. */
  private List<String> named() throws Exception {
    List<String> named = new ArrayList<>();
    TestSpace.held(phone)
        .forEach(
            held ->
                held.change()
                    .prefix()
                    .attachments()
                    .forEach(attachment -> named.add(attachment.id().toString())));
    return named;
  }

  private List<String> filesIn(String path) throws IOException {
    if (!Files.exists(folder.resolve(path))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve(path))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
  void sync_diskFailsAtEveryStep_sealsAndLosesNothing(Kind kind) throws Exception {
    atEveryStep(
        kind,
        () -> {
          String text = "report " + attempted.size();
          attempt(text);
          phone.record(TestSpace.note(text));
          acknowledge(text);
          space.sync(phone);
        });
    assertThat(phone.list()).allMatch(report -> report.sealed());
    assertThat(phone.holdings().keys().names()).isEmpty();
    everythingArrives();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
  void pull_diskFailsAtEveryStep_takesEveryChangeOnce(Kind kind) throws Exception {
    Device writer = phone;
    space.close(desk);
    desk = space.open("desk");
    boolean through = false;
    for (int step = 0; !through; step++) {
      assertThat(step).isLessThan(STEPS_MAX);
      String text = "report " + step;
      attempt(text);
      writer.record(TestSpace.note(text));
      acknowledge(text);
      space.sync(writer);
      disk.failAt(kind, step);
      try {
        space.sync(desk);
      } catch (StoreException e) {
        assertThat(e.code()).isEqualTo(kind == Kind.FULL ? "store.full" : "store.failed");
      }
      through = !disk.failed();
      disk.count(kind);
      if (kind == Kind.CRASH) {
        space.close(desk);
        desk = space.open("desk");
      }
      assertThat(desk.fsck().problems()).isEmpty();
    }
    everythingArrives();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
  void mending_diskFailsAtEveryStep_bringsEverythingBack(Kind kind) throws Exception {
    for (String text : List.of("one", "two", "three")) {
      attempt(text);
      phone.record(TestSpace.note(text));
      acknowledge(text);
    }
    space.sync(phone);
    space.sync(desk);
    space.close(desk);
    boolean through = false;
    int step = 0;
    for (; !through; step++) {
      assertThat(step).isLessThan(STEPS_MAX);
      loseAChange("desk");
      desk = space.open("desk");
      disk.failAt(kind, step);
      try {
        space.sync(desk);
      } catch (StoreException e) {
        assertThat(e.code()).isEqualTo(kind == Kind.FULL ? "store.full" : "store.failed");
      }
      through = !disk.failed();
      disk.count(kind);
      space.close(desk);
      desk = space.open("desk");
      space.sync(desk);
      assertThat(desk.fsck().problems()).isEmpty();
      assertThat(TestSpace.notes(desk)).containsExactlyInAnyOrder("one", "two", "three");
      space.close(desk);
    }
    assertThat(step).isGreaterThan(3);
    desk = space.open("desk");
    everythingArrives();
  }

  private void loseAChange(String store) throws Exception {
    String file = "jdbc:sqlite:" + folder.resolve(store).resolve("rows.db");
    try (Connection connection = DriverManager.getConnection(file);
        Statement statement = connection.createStatement()) {
      String newest = "(SELECT max(rowid) FROM row_value WHERE tbl = 7)";
      assertThat(statement.executeUpdate("DELETE FROM row_value WHERE rowid = " + newest)).isOne();
    }
  }

  @Test
  void wipe_diskFailsAtEveryStep_leavesTheStoreOrNothingThatOpens() throws Exception {
    List<String> outcomes = new ArrayList<>();
    for (int step = 0; step < STEPS_MAX; step++) {
      disk.count(Kind.CRASH);
      String name = "wiped-" + step;
      Device device = space.make(name, space.invitation(desk));
      device.record(TestSpace.note("dies"));
      disk.failAt(Kind.CRASH, step);
      boolean done = false;
      try {
        device.wipe();
        done = true;
      } catch (StoreException e) {
        assertThat(e.code()).isEqualTo("store.failed");
      }
      boolean through = !disk.failed();
      disk.count(Kind.CRASH);
      space.close(device);
      if (StoreFolder.holdsStore(space.path(name))) {
        // Cut off before its first step: nothing is lost yet.
        outcomes.add("whole");
        assertThat(step).isZero();
        Device again = space.open(name);
        assertThat(again.list()).hasSize(1);
        assertThat(again.wipe()).isEqualTo(1);
        space.close(again);
      } else {
        outcomes.add(done ? "gone" : "remains");
        if (!done && Files.exists(folder.resolve(name))) {
          Cairn.wipe(space.path(name));
        }
      }
      assertThat(folder.resolve(name)).doesNotExist();
      if (through) {
        break;
      }
    }
    assertThat(outcomes).contains("remains").endsWith("gone");
  }

  @Test
  void wipe_besideAnotherFileDiskFailsAtEveryStep_isFinishedByTheNextAndLeavesThatFile()
      throws Exception {
    boolean through = false;
    for (int step = 1; !through; step++) {
      assertThat(step).isLessThan(STEPS_MAX);
      disk.count(Kind.CRASH);
      String name = "wiped-" + step;
      Device device = space.make(name, space.invitation(desk));
      Files.createFile(folder.resolve(name).resolve("notes.txt"));
      disk.failAt(Kind.CRASH, step);
      boolean done = false;
      try {
        device.wipe();
        done = true;
      } catch (StoreException e) {
        assertThat(e.code()).isEqualTo("store.failed");
      }
      through = !disk.failed();
      disk.count(Kind.CRASH);
      space.close(device);
      if (!done && filesIn(name).size() > 1) {
        Cairn.wipe(space.path(name));
      }
      assertThat(filesIn(name)).containsExactly("notes.txt");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
  void join_diskFailsAtEveryStep_leavesAStoreOrNone(Kind kind) throws Exception {
    int step = 0;
    boolean through = false;
    for (; !through; step++) {
      assertThat(step).isLessThan(STEPS_MAX);
      String name = "joined-" + step;
      disk.failAt(kind, step);
      try {
        phone = space.make(name, space.invitation(desk));
      } catch (StoreException e) {
        assertThat(e.code()).isEqualTo(kind == Kind.FULL ? "store.full" : "store.failed");
      }
      through = !disk.failed();
      disk.count(kind);
      if (kind == Kind.FULL && !through) {
        assertThat(folder.resolve(name)).doesNotExist();
      }
      if (!through) {
        phone =
            StoreFolder.holdsStore(space.path(name))
                ? space.open(name)
                : space.make(name, space.invitation(desk));
      }
      String text = "by " + name;
      attempt(text);
      phone.record(TestSpace.note(text));
      acknowledge(text);
      assertThat(phone.fsck().problems()).isEmpty();
      space.sync(phone);
    }
    everythingArrives();
    assertThat(step).isGreaterThan(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
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
      // The steps of a sync are all tried above; here some, for what only a new owner sends.
      for (boolean through = false; !through; step += RECOVERY_STRIDE) {
        assertThat(step).isLessThan(STEPS_MAX);
        String name = "owner-" + step;
        disk.count(kind);
        Device next = other.recover(name, secret, owner);
        disk.failAt(kind, step);
        try {
          other.sync(next);
        } catch (StoreException e) {
          assertThat(e.code()).isEqualTo(kind == Kind.FULL ? "store.full" : "store.failed");
        }
        through = !disk.failed();
        disk.count(kind);
        other.close(next);
        next = other.open(name);
        other.sync(next);
        assertThat(TestSpace.notes(next)).containsExactly("found again");
        assertThat(next.fsck().problems()).isEmpty();
        owner = next;
      }
      assertThat(step).isGreaterThan(3);
    }
  }
}
