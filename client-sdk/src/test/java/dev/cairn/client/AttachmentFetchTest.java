package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.attachment.AttachmentTrouble.Weight;
import dev.cairn.client.check.FsckReport;
import dev.cairn.client.held.AttachedFiles;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.AttachedFile;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk fetches files, knows which of them it has, and says why others did not come. */
class AttachmentFetchTest {

  private static final int PHOTO_BYTES = 600_000;

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private RecordId record;
  private AttachmentId photo;
  private byte[] sealed;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 21);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
    record = phone.record(TestSpace.note("seen"));
    photo = attach(PHOTO_BYTES);
    sealed = Files.readAllBytes(file(phone));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private AttachmentId attach(int bytes) throws Exception {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    ByteArrayInputStream in = new ByteArrayInputStream(content);
    return phone.attach(record, in, "a.jpg", "image/jpeg", CaptureMetadata.NONE);
  }

  private Path file(Device device) throws Exception {
    return device.holdings().folder().attachments().resolve(photo.toString());
  }

  private static List<String> codes(List<AttachmentTrouble> troubles) {
    return troubles.stream().map(AttachmentTrouble::code).toList();
  }

  private List<AttachmentTrouble> fetch(long sealedBytesMax) throws Exception {
    return fetch(LedgerTransport.to(space.ledger), sealedBytesMax);
  }

  private List<AttachmentTrouble> fetch(LedgerTransport link, long most) throws Exception {
    List<AttachedFile> files = new ArrayList<>();
    desk.openedChanges(held -> files.addAll(AttachedFiles.of(held)));
    return desk.fetchAttachments(files, link, SyncListener.NONE, most);
  }

  private static long asked(LedgerTransport link) {
    return link.targets().stream()
        .filter(target -> target.startsWith("GET") && target.contains("/attachments/"))
        .count();
  }

  @Test
  void fetch_fileThatHasNotArrived_isNoted() throws Exception {
    phone.sync(
        LedgerTransport.to(space.ledger),
        new SyncListener() {
          @Override
          public boolean maySendAttachments() {
            return false;
          }
        });
    space.sync(desk);
    assertThat(fetch(Long.MAX_VALUE))
        .containsExactly(
            new AttachmentTrouble(
                photo, Weight.NOTED, "attachment.missing", "it has not arrived at the server"));
  }

  @Test
  void fetch_fileLargerThanAllowed_staysAtTheServer() throws Exception {
    space.sync(phone);
    space.sync(desk);
    assertThat(codes(fetch(sealed.length - 1))).containsExactly("attachment.missing");
    assertThat(desk.holdsAttachment(photo)).isFalse();
    assertThat(fetch(sealed.length)).isEmpty();
    assertThat(desk.holdsAttachment(photo)).isTrue();
  }

  @Test
  void fetch_damagedFile_isNotFetchedAgainByThisProcess() throws Exception {
    space.sync(phone);
    space.sync(desk);
    space.ledger.alter(photo.toString(), 500, 501);
    fetch(Long.MAX_VALUE);
    LedgerTransport again = LedgerTransport.to(space.ledger);
    assertThat(codes(fetch(again, Long.MAX_VALUE))).containsExactly("attachment.damaged");
    assertThat(asked(again)).isZero();
  }

  private AttachedFile said() throws Exception {
    List<AttachedFile> files = new ArrayList<>();
    desk.openedChanges(held -> files.addAll(AttachedFiles.of(held)));
    return files.get(0);
  }

  /** As if its change told another hash of the content. */
  private static AttachedFile misstated(AttachedFile said) {
    byte[] wrong = said.sha256().value().clone();
    wrong[0]++;
    return new AttachedFile(
        said.id(),
        said.key(),
        said.sizeBytes(),
        said.name(),
        said.mediaType(),
        (CborValue.Bytes) CborValue.of(wrong),
        said.capture());
  }

  private AttachmentTrouble fetchMisstated() throws Exception {
    LedgerTransport link = LedgerTransport.to(space.ledger);
    List<AttachedFile> files = List.of(misstated(said()));
    return desk.fetchAttachments(files, link, SyncListener.NONE, Long.MAX_VALUE).get(0);
  }

  @Test
  void fetch_fileThatIsNotWhatItsChangeSays_isNotHeld() throws Exception {
    space.sync(phone);
    space.sync(desk);
    assertThat(fetchMisstated().weight()).isEqualTo(Weight.NOTED);
    assertThat(desk.holdsAttachment(photo)).isFalse();
  }

  @Test
  void fetch_fileThatDoesNotOpen_staysAndIsNotFetchedAgain() throws Exception {
    space.sync(phone);
    space.sync(desk);
    fetchMisstated();
    space.close(desk);
    desk = space.open("desk");
    LedgerTransport link = LedgerTransport.to(space.ledger);
    assertThat(fetch(link, Long.MAX_VALUE)).isEmpty();
    assertThat(asked(link)).isZero();
    assertThat(desk.holdsAttachment(photo)).isTrue();
  }

  @Test
  void fetch_fileDamagedHereBeforeItWasOpened_isFetchedAgain() throws Exception {
    space.sync(phone);
    space.sync(desk);
    fetchMisstated();
    byte[] spoilt = sealed.clone();
    spoilt[9]++;
    Files.write(file(desk), spoilt);
    fetch(Long.MAX_VALUE);
    assertThat(fetch(Long.MAX_VALUE)).isEmpty();
    assertThat(Files.readAllBytes(file(desk))).isEqualTo(sealed);
  }

  @Test
  void fsck_fileThatWasFetchedAndIsGone_isFound() throws Exception {
    space.sync(phone);
    space.sync(desk);
    fetch(Long.MAX_VALUE);
    Files.delete(file(desk));
    assertThat(desk.fsck().problems())
        .containsExactly(new FsckReport.Problem("attachment.missing", "attachment " + photo));
  }
}
