package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.EveryStep.Action;
import dev.cairn.client.EveryStep.OfEitherKind;
import dev.cairn.client.disk.FaultyDisk.Kind;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything a device does, with the disk failing at every step of it in turn: crashed there, or
 * full from there on. What was acknowledged is never lost, nothing is there twice, and the store is
 * whole.
 */
class FaultyDiskTest extends PhoneOnAFaultyDisk {

  private void atEveryStep(Kind kind, Action action) throws Exception {
    EveryStep.of(disk, kind, action, () -> recover(kind));
  }

  /** After a crash the store is opened again; after a full disk the same process goes on. */
  private void recover(Kind kind) throws Exception {
    if (kind == Kind.CRASH) {
      space.close(phone);
      phone = space.open("phone");
    }
    assertThat(phone.fsck().problems()).isEmpty();
    assertThat(unfinishedFiles()).isEmpty();
  }

  private List<String> unfinishedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("phone"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".new") || file.equals("unfinished"))
          .toList();
    }
  }

  @OfEitherKind
  void record_diskFailsAtEveryStep_losesNothing(Kind kind) throws Exception {
    atEveryStep(kind, () -> record("report " + attempts()));
    everythingArrives();
  }

  @OfEitherKind
  void recordAll_diskFailsAtEveryStep_keepsAllOrNone(Kind kind) throws Exception {
    atEveryStep(
        kind,
        () -> {
          int number = attempts();
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

  @OfEitherKind
  void edit_diskFailsAtEveryStep_losesNothing(Kind kind) throws Exception {
    attempt("first");
    RecordId record = phone.record(TestSpace.note("first"));
    acknowledge("first");
    atEveryStep(
        kind,
        () -> {
          String text = "edit " + attempts();
          attempt(text);
          phone.edit(record, List.of(new Operation.Note(text)));
          acknowledge(text);
        });
    assertThat(phone.list()).hasSize(1);
    everythingArrives();
  }

  @OfEitherKind
  void attach_diskFailsAtEveryStep_keepsFileAndChangeTogether(Kind kind) throws Exception {
    attempt("with a photograph");
    RecordId record = phone.record(TestSpace.note("with a photograph"));
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

  @OfEitherKind
  void sync_diskFailsAtEveryStep_sealsAndLosesNothing(Kind kind) throws Exception {
    atEveryStep(
        kind,
        () -> {
          record("report " + attempts());
          space.sync(phone);
        });
    assertThat(phone.list()).allMatch(report -> report.sealed());
    assertThat(TestSpace.contentKeys(phone)).isEmpty();
    everythingArrives();
  }

  @OfEitherKind
  void pull_diskFailsAtEveryStep_takesEveryChangeOnce(Kind kind) throws Exception {
    space.close(desk);
    desk = space.open("desk");
    boolean through = false;
    for (int step = 0; !through; step++) {
      record("report " + step);
      space.sync(phone);
      through = EveryStep.isPassed(disk, kind, step, () -> space.sync(desk));
      if (kind == Kind.CRASH) {
        space.close(desk);
        desk = space.open("desk");
      }
      assertThat(desk.fsck().problems()).isEmpty();
    }
    everythingArrives();
  }

  @OfEitherKind
  void mending_diskFailsAtEveryStep_bringsEverythingBack(Kind kind) throws Exception {
    for (String text : List.of("one", "two", "three")) {
      record(text);
    }
    space.sync(phone);
    space.sync(desk);
    space.close(desk);
    RawRows raw = new RawRows(folder.resolve("desk"));
    boolean through = false;
    int step = 0;
    for (; !through; step++) {
      raw.loseNewest(7);
      desk = space.open("desk");
      through = EveryStep.isPassed(disk, kind, step, () -> space.sync(desk));
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
}
