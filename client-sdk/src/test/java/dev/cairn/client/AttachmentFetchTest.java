package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.attachment.AttachmentTrouble.Weight;
import dev.cairn.client.check.FsckReport;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.AttachmentKey;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.suite.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A desk fetches files, knows which of them it has, and says why others did not come. */
class AttachmentFetchTest extends AttachedPhotograph {

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

  /** As if another change named the same file with fewer bytes. */
  private static AttachedFile shortened(AttachedFile said) {
    return new AttachedFile(
        said.id(),
        said.key(),
        said.sizeBytes() / 2,
        said.name(),
        said.mediaType(),
        said.sha256(),
        said.capture());
  }

  @Test
  void fetch_fileThatAnotherNamesWithAWrongSizeFirst_isFetchedByItsRightOne() throws Exception {
    space.sync(phone);
    space.sync(desk);
    LedgerTransport link = LedgerTransport.to(space.ledger);
    List<AttachedFile> files = List.of(shortened(said()), said());
    List<AttachmentTrouble> troubles =
        desk.fetchAttachments(files, link, SyncListener.NONE, Long.MAX_VALUE);
    assertThat(codes(troubles)).containsExactly("attachment.damaged");
    assertThat(desk.holdsAttachment(photo)).isTrue();
  }

  @Test
  void fetch_wrongSizeThatWasFoundDamaged_isNotFetchedAgainByThisProcess() throws Exception {
    space.sync(phone);
    space.sync(desk);
    List<AttachedFile> files = List.of(shortened(said()));
    LedgerTransport first = LedgerTransport.to(space.ledger);
    desk.fetchAttachments(files, first, SyncListener.NONE, Long.MAX_VALUE);
    LedgerTransport again = LedgerTransport.to(space.ledger);
    desk.fetchAttachments(files, again, SyncListener.NONE, Long.MAX_VALUE);
    assertThat(asked(first)).isEqualTo(1);
    assertThat(asked(again)).isZero();
  }

  private AttachedFile said() throws Exception {
    return named(desk).get(0);
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

  /** A program that is started for each sync knows nothing of what it found damaged before. */
  @Test
  void fetch_ofAWrongSizeTooAtEachStart_goesOnWhereItWas() throws Exception {
    space.sync(phone);
    space.sync(desk);
    List<AttachedFile> files = List.of(shortened(said()), said());
    while (!desk.holdsAttachment(photo)) {
      space.close(desk);
      desk = space.open("desk");
      LedgerTransport link = LedgerTransport.to(space.ledger).cutAfter(20);
      try {
        desk.fetchAttachments(files, link, SyncListener.NONE, Long.MAX_VALUE);
      } catch (TransportException cut) {
        assertThat(space.ledger.rangeStarts()).hasSizeLessThan(50);
      }
    }
    assertThat(space.ledger.rangeStarts()).isSorted().hasSizeGreaterThan(3);
    assertThat(Files.readAllBytes(file(desk))).isEqualTo(sealed);
  }

  @Test
  void fetch_fileAlteredAtTheServer_isFetchedAnewByTheNextProcess() throws Exception {
    space.sync(phone);
    space.sync(desk);
    space.ledger.alter(photo.toString(), 500, 501);
    List<AttachedFile> files = List.of(shortened(said()), said());
    LedgerTransport link = LedgerTransport.to(space.ledger);
    assertThat(codes(desk.fetchAttachments(files, link, SyncListener.NONE, Long.MAX_VALUE)))
        .containsExactly("attachment.damaged", "attachment.damaged");
    space.ledger.forget(photo.toString());
    space.sync(phone);
    space.close(desk);
    desk = space.open("desk");
    desk.fetchAttachments(
        files, LedgerTransport.to(space.ledger), SyncListener.NONE, Long.MAX_VALUE);
    assertThat(desk.holdsAttachment(photo)).isTrue();
  }

  /** A coordinator names the phone's file with a key that is not its own, and is heard first. */
  private AttachedFile nameWithAnotherKeyFirst() throws Exception {
    Device other = space.coordinator(desk, "other");
    Sticks.into(other, Sticks.from(phone));
    AttachedFile said = named(other).get(0);
    AttachedFile wrong =
        new AttachedFile(
            said.id(),
            AttachmentKey.of(new byte[32]),
            said.sizeBytes(),
            said.name(),
            said.mediaType(),
            said.sha256(),
            said.capture());
    other.write(
        WriteRequest.opening(RecordKind.INCIDENT, List.of(new Operation.Attach(wrong)))
            .circles(List.of(desk.roster().desk().orElseThrow())));
    Sticks.into(desk, Sticks.from(other));
    space.sync(phone);
    space.sync(desk);
    assertThat(named(desk)).containsExactly(wrong, said);
    return said;
  }

  @Test
  void open_fileThatAnotherNamesWithAnotherKeyFirst_givesTheContent() throws Exception {
    AttachedFile said = nameWithAnotherKeyFirst();
    desk.fetchAttachment(photo, LedgerTransport.to(space.ledger));

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    desk.openAttachment(photo, out);

    assertThat(Sha256.of(out.toByteArray()).bytes()).isEqualTo(said.sha256().value());
  }
}
