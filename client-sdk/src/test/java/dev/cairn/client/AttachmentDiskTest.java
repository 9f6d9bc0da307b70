package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.EveryStep.OfEitherKind;
import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.attachment.AttachmentTrouble.Weight;
import dev.cairn.client.disk.FaultyDisk;
import dev.cairn.client.disk.FaultyDisk.Kind;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.AttachedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk fetches a file while its disk fails, at every step of that in turn. */
class AttachmentDiskTest {

  /** Some pieces. */
  private static final int PHOTO_BYTES = 20_000;

  /** Some of them are here by then, and not all. */
  private static final int CUT_AFTER = 4;

  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private TestSpace space;
  private Device desk;
  private Device phone;
  private RecordId record;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 22);
    space.disk(disk);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
    record = phone.record(TestSpace.note("seen"));
  }

  @AfterEach
  void end() {
    disk.count(Kind.CRASH);
    space.close();
  }

  /** A file at the server, of which the desk has heard. */
  private AttachmentId attached(int number) throws Exception {
    AttachmentId id = AttachedPhotograph.attach(phone, record, PHOTO_BYTES, number);
    space.sync(phone);
    space.sync(desk);
    return id;
  }

  private List<AttachmentTrouble> fetch() throws Exception {
    return fetch(AttachedPhotograph.named(desk), LedgerTransport.to(space.ledger));
  }

  private List<AttachmentTrouble> fetch(List<AttachedFile> files, LedgerTransport link)
      throws Exception {
    return desk.fetchAttachments(files, link, SyncListener.NONE, Long.MAX_VALUE);
  }

  private static void assertNamed(List<AttachmentTrouble> troubles, AttachmentId photo, Kind kind) {
    assertThat(troubles).hasSize(1);
    AttachmentTrouble trouble = troubles.get(0);
    assertThat(trouble.attachment()).isEqualTo(photo);
    assertThat(trouble.weight()).isEqualTo(Weight.PASSING);
    assertThat(trouble.code()).isEqualTo(EveryStep.code(kind));
  }

  private List<String> files() throws Exception {
    Path attachments = folder.resolve("desk/attachments");
    if (!Files.exists(attachments)) {
      return List.of(); // There was no room for it either.
    }
    try (Stream<Path> files = Files.list(attachments)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @OfEitherKind
  void fetch_diskFailsAtEveryStep_isNamedAndComesWhenThereIsRoom(Kind kind) throws Exception {
    List<String> arrived = new ArrayList<>();
    boolean through = false;
    for (int step = 0; !through; step++) {
      AttachmentId photo = attached(step);
      List<AttachmentTrouble> troubles = new ArrayList<>();
      through = EveryStep.isPassed(disk, kind, step, () -> troubles.addAll(fetch()));
      if (!through) {
        assertNamed(troubles, photo, kind);
      }
      if (!through && kind == Kind.FULL) {
        // Nothing of it is counted, and what came of it takes no room from reports.
        assertThat(desk.holdsAttachment(photo)).isFalse();
        assertThat(files()).isEqualTo(arrived);
      }
      if (kind == Kind.CRASH) {
        space.close(desk);
        desk = space.open("desk");
      }
      assertThat(desk.fsck().problems()).isEmpty();
      assertThat(fetch()).isEmpty();
      assertThat(desk.holdsAttachment(photo)).isTrue();
      assertThat(Files.readAllBytes(folder.resolve("desk/attachments/" + photo)))
          .isEqualTo(space.ledger.file(photo.toString()));
      arrived.add(photo.toString());
      arrived.sort(null);
    }

    assertThat(arrived).hasSizeGreaterThan(5);
    assertThat(files()).isEqualTo(arrived);
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void fetch_diskFullForOneFile_keepsNoReportFromComing() throws Exception {
    AttachmentId photo = attached(1);
    disk.failAt(Kind.FULL, 3);
    assertNamed(fetch(), photo, Kind.FULL);
    disk.count(Kind.FULL);
    phone.record(TestSpace.note("later"));
    space.sync(phone);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("seen", "later");
  }

  /** As if another change named the same file with more bytes. */
  private static AttachedFile lengthened(AttachedFile said) {
    return new AttachedFile(
        said.id(),
        said.key(),
        2 * said.sizeBytes(),
        said.name(),
        said.mediaType(),
        said.sha256(),
        said.capture());
  }

  @Test
  void fetch_noRoomForTheLargerSizeThatAnotherNames_costsNothingThatCameOfTheRightOne()
      throws Exception {
    AttachmentId photo = attached(1);
    AttachedFile said = AttachedPhotograph.named(desk).get(0);
    assertThatThrownBy(
            () -> fetch(List.of(said), LedgerTransport.to(space.ledger).cutAfter(CUT_AFTER)))
        .isInstanceOf(TransportException.class);
    Path part = folder.resolve("desk/attachments/" + photo + ".part");
    byte[] came = Files.readAllBytes(part);
    assertThat(came).isNotEmpty();
    space.ledger.forget(photo.toString());
    disk.count(Kind.FULL);
    fetch(List.of(said), LedgerTransport.to(space.ledger));

    disk.failAt(Kind.FULL, disk.steps());
    List<AttachmentTrouble> troubles =
        fetch(List.of(said, lengthened(said)), LedgerTransport.to(space.ledger));

    assertThat(AttachedPhotograph.codes(troubles)).containsExactly("attachment.missing");
    assertThat(Files.readAllBytes(part)).isEqualTo(came);
  }
}
