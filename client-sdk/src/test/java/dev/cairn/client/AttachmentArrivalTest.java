package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.attachment.AttachmentTrouble.Weight;
import dev.cairn.client.held.AttachedFiles;
import dev.cairn.client.held.HeldChange;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A file arrives, or somebody hears that it did not: whatever the server says of it. */
class AttachmentArrivalTest extends AttachedPhotograph {

  private static SyncResult sync(Device device, HonestLedger ledger) throws Exception {
    return device.sync(LedgerTransport.to(ledger), SyncListener.NONE);
  }

  /** What a desk says that has opened everything of the phone but for these. */
  private void confirm(ChangeId... unopened) throws Exception {
    confirm(desk, unopened);
  }

  private void confirm(Device by, ChangeId... unopened) throws Exception {
    Change last =
        TestSpace.held(by).stream()
            .map(HeldChange::change)
            .filter(change -> change.prefix().device().equals(phone.profile().device()))
            .max(Comparator.comparingLong(change -> change.prefix().sequence()))
            .orElseThrow();
    long sequence = last.prefix().sequence();
    Operation.Confirm word =
        new Operation.Confirm(phone.profile().device(), sequence, last.id(), List.of(unopened));
    by.write(
        WriteRequest.opening(RecordKind.DEVICE_NOTICE, List.of(word))
            .circles(List.of(Circles.device(phone.profile().device()))));
    space.sync(by);
    space.sync(phone);
  }

  private ChangeId naming() throws Exception {
    return TestSpace.held(desk).stream()
        .filter(held -> !AttachedFiles.of(held).isEmpty())
        .map(held -> held.change().id())
        .findFirst()
        .orElseThrow();
  }

  /** A server that says to have all of every file. */
  private HonestLedger liar() {
    HonestLedger liar =
        new HonestLedger(space.ledger) {
          @Override
          protected long claimedOffset(String id, long honest) {
            return sealed.length;
          }
        };
    liar.copy(space.ledger);
    return liar;
  }

  /** A server that does not take the photograph. */
  private HonestLedger refusing(String code) {
    HonestLedger refusing =
        new HonestLedger(space.ledger) {
          @Override
          protected Optional<String> uploadRefusal(String id) {
            return id.equals(photo.toString()) ? Optional.of(code) : Optional.empty();
          }
        };
    refusing.copy(space.ledger);
    return refusing;
  }

  @Test
  void server_saysItHasWhatItDoesNot_isNotBelieved() throws Exception {
    HonestLedger liar = liar();
    SyncResult result = sync(phone, liar);
    assertThat(codes(result.attachments())).containsExactly("attachment.unproven");
    assertThat(result.attachments().get(0).weight()).isEqualTo(Weight.REFUSED);
    assertThat(result.remaining()).isEqualTo(1);
  }

  @Test
  void server_lostTheFile_isSentAgain() throws Exception {
    space.sync(phone);
    space.ledger.forget(photo.toString());
    SyncResult result = space.sync(phone);
    assertThat(space.ledger.file(photo.toString())).isEqualTo(sealed);
    assertThat(result.remaining()).isZero();
    assertThat(result.attachments()).isEmpty();
  }

  @Test
  void server_alteredTheFile_isSentAgain() throws Exception {
    space.sync(phone);
    space.ledger.alter(photo.toString(), 0, sealed.length);
    space.sync(phone);
    assertThat(space.ledger.file(photo.toString())).isEqualTo(sealed);
  }

  @Test
  void server_lostTheFileAndSaysItDidNot_isToldAndWaits() throws Exception {
    space.sync(phone);
    HonestLedger liar = liar();
    SyncResult result = sync(phone, liar);
    assertThat(codes(result.attachments())).containsExactly("attachment.unproven");
    assertThat(result.remaining()).isEqualTo(1);
    assertThat(space.sync(phone).remaining()).isZero();
  }

  @Test
  void alteredByte_foundByTheDesk_isSentAgainOnItsWord() throws Exception {
    space.sync(phone);
    space.sync(desk);
    space.ledger.alter(photo.toString(), 500, 501);
    assertThat(codes(fetch(Long.MAX_VALUE))).containsExactly("attachment.damaged");
    confirm(naming());
    assertThat(space.ledger.file(photo.toString())).isEqualTo(sealed);
    space.close(desk);
    desk = space.open("desk");
    assertThat(fetch(Long.MAX_VALUE)).isEmpty();
    assertThat(desk.holdsAttachment(photo)).isTrue();
  }

  @Test
  void report_whoseFileTheDeskLacks_isNotConfirmed() throws Exception {
    space.sync(phone);
    space.sync(desk);
    confirm(naming());
    assertThat(phone.list().get(0).state()).isEqualTo(ReportState.RECEIVED);
    confirm();
    assertThat(phone.list().get(0).state()).isEqualTo(ReportState.CONFIRMED);
  }

  @Test
  void confirmedFile_isAskedAfterNoMore() throws Exception {
    space.sync(phone);
    space.sync(desk);
    LedgerTransport before = LedgerTransport.to(space.ledger);
    phone.sync(before, SyncListener.NONE);
    confirm();
    LedgerTransport after = LedgerTransport.to(space.ledger);
    phone.sync(after, SyncListener.NONE);
    assertThat(List.of(asked(before), asked(after))).containsExactly(1L, 0L);
  }

  @Test
  void confirmedFile_thatASecondDeskLacks_isSentAgain() throws Exception {
    space.sync(phone);
    space.sync(desk);
    confirm();
    Device second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    space.sync(second);
    space.sync(desk);
    desk.confirmDevice(second.profile().device());
    space.sync(desk);
    space.sync(second);
    space.ledger.forget(photo.toString());
    space.sync(phone);
    assertThat(space.ledger.file(photo.toString())).isEmpty();
    confirm(second, naming());
    assertThat(space.ledger.file(photo.toString())).isEqualTo(sealed);
  }

  @Test
  void manyFiles_aBoundedNumberIsAskedAfter() throws Exception {
    for (int i = 0; i < Limits.ATTACHMENTS_ASKED_MAX; i++) {
      attach(100 + i);
    }
    space.sync(phone);
    LedgerTransport link = LedgerTransport.to(space.ledger);
    phone.sync(link, SyncListener.NONE);
    assertThat(asked(link)).isEqualTo(Limits.ATTACHMENTS_ASKED_MAX);
  }

  @Test
  void upload_refused_isToldAndKeepsNoOtherFromGoing() throws Exception {
    AttachmentId other = attach(100);
    HonestLedger full = refusing("store.full");
    SyncResult result = sync(phone, full);
    assertThat(result.attachments())
        .containsExactly(
            new AttachmentTrouble(photo, Weight.PASSING, "store.full", "the server refused it"));
    assertThat(result.remaining()).isEqualTo(1);
    assertThat(full.file(other.toString())).isNotEmpty();
  }

  @Test
  void upload_refusedForGood_weighsMoreThanAFullDisk() throws Exception {
    HonestLedger other = refusing("attachment.unknown");
    assertThat(sync(phone, other).attachments().get(0).weight()).isEqualTo(Weight.REFUSED);
  }

  @Test
  void ownFile_goneFromTheStore_isTold() throws Exception {
    Files.delete(file(phone));
    SyncResult result = space.sync(phone);
    assertThat(codes(result.attachments())).containsExactly("attachment.missing");
    assertThat(result.attachments().get(0).weight()).isEqualTo(Weight.REFUSED);
    assertThat(result.remaining()).isEqualTo(1);
  }

  @Test
  void wipe_countsTheReportWhoseFileHasNotGone() throws Exception {
    HonestLedger full = refusing("store.full");
    sync(phone, full);
    assertThat(phone.wipe()).isEqualTo(1);
  }

  @Test
  void fsck_ownFile_isNeededUntilADeskHasIt() throws Exception {
    space.sync(phone);
    space.sync(desk);
    Files.delete(file(phone));
    assertThat(phone.fsck().problems()).hasSize(1);
    confirm();
    assertThat(phone.fsck().problems()).isEmpty();
  }
}
