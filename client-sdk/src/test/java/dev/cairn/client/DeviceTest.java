package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.record.ReviewState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 1);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
  }

  @AfterEach
  void end() {
    space.close();
  }

  private ReportStatus status(RecordId record) throws Exception {
    return phone.show(record).status();
  }

  @Test
  void record_withoutNetwork_isSavedAndShown() throws Exception {
    RecordId record = phone.record(TestSpace.note("what happened").label("market"));
    assertThat(phone.list())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.record()).isEqualTo(record);
              assertThat(report.state()).isEqualTo(ReportState.SAVED);
              assertThat(report.label()).contains("market");
            });
    assertThat(phone.show(record).changes().get(0).operations())
        .containsExactly(new Operation.Note("what happened"));
  }

  @Test
  void sync_newDevice_isAdmittedAndItsReportIsReadAtTheDesk() throws Exception {
    RecordId record = phone.record(TestSpace.note("what happened"));
    space.sync(phone);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("what happened");
    assertThat(status(record).state()).isEqualTo(ReportState.RECEIVED);
    assertThat(status(record).sealed()).isTrue();
    assertThat(phone.show(record).changes()).isEmpty();
  }

  @Test
  void sync_nothingToDo_costsOneRequest() throws Exception {
    space.sync(phone);
    SyncResult second = space.sync(phone);
    assertThat(second.requests()).isEqualTo(1);
    assertThat(second.remaining()).isZero();
  }

  @Test
  void sync_oneReport_costsOneRequest() throws Exception {
    space.sync(phone);
    phone.record(TestSpace.note("one"));
    SyncResult result = space.sync(phone);
    assertThat(result.requests()).isEqualTo(1);
    assertThat(result.pushed()).isEqualTo(2); // the session and the report
  }

  @Test
  void sync_staleNonce_isRenewedAndNothingIsLost() throws Exception {
    space.sync(phone);
    space.ledger.renewNonce();
    phone.record(TestSpace.note("one"));
    assertThat(space.sync(phone).remaining()).isZero();
  }

  @Test
  void sync_withoutDuplex_sendsTheSame() throws Exception {
    for (int i = 0; i < 40; i++) {
      phone.record(TestSpace.note("report " + i));
    }
    phone.sync(new LedgerTransport(space.ledger, false), SyncListener.NONE);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).hasSize(40);
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
  }

  @Test
  void recordAll_manyReports_takesOneSessionEach256() throws Exception {
    List<dev.cairn.client.report.NewRecord> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(TestSpace.note("report " + i));
    }
    phone.recordAll(many);
    assertThat(phone.state().changes()).isEqualTo(302);
  }

  @Test
  void edit_afterSealing_addsAndShowsNothingOld() throws Exception {
    RecordId record = phone.record(TestSpace.note("first"));
    space.sync(phone);
    phone.edit(record, List.of(new Operation.Note("second")));
    assertThat(phone.show(record).changes()).isEmpty();
    assertThat(status(record).state()).isEqualTo(ReportState.SAVED);
    space.sync(phone);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("first", "second");
  }

  @Test
  void edit_unknownRecord_isRefused() {
    RecordId nobody = RecordId.of(new byte[16]);
    assertThatThrownBy(() -> phone.edit(nobody, List.of(new Operation.Note("x"))))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("record.unknown"));
  }

  @Test
  void edit_atTheDesk_namesWhatWasSeen() throws Exception {
    RecordId record = phone.record(TestSpace.note("first"));
    ChangeId first = phone.show(record).changeIds().get(0);
    space.sync(phone);
    space.sync(desk);
    ChangeId edit = desk.edit(record, List.of(new Operation.Note("from the desk")));
    assertThat(TestSpace.held(desk))
        .filteredOn(held -> held.change().id().equals(edit))
        .singleElement()
        .satisfies(held -> assertThat(held.openedOrNull().body().parents()).containsExactly(first));
  }

  @Test
  void question_fromTheDesk_isShownAnsweredAndDismissed() throws Exception {
    RecordId record = phone.record(TestSpace.note("first"));
    ChangeId first = phone.show(record).changeIds().get(0);
    space.sync(phone);
    space.sync(desk);
    ChangeId ask =
        desk.write(
            WriteRequest.to(
                    record,
                    RecordKind.INCIDENT.code(),
                    List.of(first),
                    List.of(new Operation.Ask("How many?")))
                .circles(
                    List.of(
                        desk.roster().desk().orElseThrow(),
                        Circles.device(phone.profile().device()))));
    space.sync(desk);
    space.sync(phone);
    assertThat(status(record).state()).isEqualTo(ReportState.SENT_BACK);
    assertThat(phone.show(record).questions())
        .singleElement()
        .satisfies(question -> assertThat(question.ask()).isEqualTo("How many?"));

    phone.answer(record, ask, "five");
    assertThat(status(record).state()).isEqualTo(ReportState.SAVED);
    phone.dismiss(record);
    assertThat(phone.show(record).questions()).isEmpty();
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void confirmation_byTheDesk_isBelieved() throws Exception {
    RecordId record = phone.record(TestSpace.note("first"));
    ChangeId first = phone.show(record).changeIds().get(0);
    space.sync(phone);
    space.sync(desk);
    desk.write(confirmation(2, first));
    space.sync(desk);
    space.sync(phone);
    assertThat(status(record).state()).isEqualTo(ReportState.CONFIRMED);
  }

  @Test
  void confirmation_ofAnotherHead_isNotBelieved() throws Exception {
    RecordId record = phone.record(TestSpace.note("first"));
    space.sync(phone);
    space.sync(desk);
    desk.write(confirmation(2, ChangeId.of(new byte[32])));
    space.sync(desk);
    space.sync(phone);
    assertThat(status(record).state()).isEqualTo(ReportState.RECEIVED);
  }

  private WriteRequest confirmation(long sequence, ChangeId head) {
    return WriteRequest.opening(
            RecordKind.DEVICE_NOTICE,
            List.of(new Operation.Confirm(phone.profile().device(), sequence, head, List.of())))
        .circles(List.of(Circles.device(phone.profile().device())));
  }

  @Test
  void review_byTheDesk_isShown() throws Exception {
    RecordId record = phone.record(TestSpace.note("first"));
    ChangeId first = phone.show(record).changeIds().get(0);
    space.sync(phone);
    space.sync(desk);
    desk.write(
        WriteRequest.to(
                record,
                RecordKind.INCIDENT.code(),
                List.of(first),
                List.of(new Operation.Review(ReviewState.REVIEWED)))
            .circles(
                List.of(
                    desk.roster().desk().orElseThrow(), Circles.device(phone.profile().device()))));
    space.sync(desk);
    space.sync(phone);
    assertThat(status(record).state()).isEqualTo(ReportState.REVIEWED);
  }

  @Test
  void coordinator_confirmed_readsWhatWasWrittenBefore() throws Exception {
    phone.record(TestSpace.note("long ago"));
    space.sync(phone);
    space.sync(desk);
    Device second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    space.sync(second);
    assertThat(TestSpace.notes(second)).isEmpty();
    space.sync(desk);
    desk.confirmDevice(second.profile().device());
    space.sync(desk);
    space.sync(second);
    assertThat(TestSpace.notes(second)).containsExactly("long ago");
    assertThat(second.state().setDigest()).isEqualTo(desk.state().setDigest());
  }

  @Test
  void confirmDevice_reporter_isConfirmed() throws Exception {
    space.sync(phone);
    space.sync(desk);
    desk.confirmDevice(phone.profile().device());
    assertThat(desk.devices())
        .filteredOn(device -> device.device().equals(phone.profile().device()))
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.state()).isEqualTo(DeviceEntry.State.CONFIRMED);
              assertThat(device.pseudonym()).contains("Member phone");
            });
  }

  @Test
  void confirmDevice_byReporter_isRefused() {
    assertThatThrownBy(() -> phone.confirmDevice(desk.profile().device()))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("role.missing"));
  }

  @Test
  void reopened_device_goesOnWithANewSession() throws Exception {
    RecordId record = phone.record(TestSpace.note("first"));
    space.close(phone);
    phone = space.open("phone");
    phone.edit(record, List.of(new Operation.Note("second")));
    space.sync(phone);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("first", "second");
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void state_afterSync_isTheSameOnBothSides() throws Exception {
    phone.record(TestSpace.note("first"));
    space.sync(phone);
    space.sync(desk);
    assertThat(desk.state().changes()).isEqualTo(space.ledger.changeCount());
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void wipe_unsentReports_areCounted() throws Exception {
    phone.record(TestSpace.note("sent"));
    space.sync(phone);
    phone.record(TestSpace.note("unsent"));
    assertThat(phone.wipe()).isEqualTo(1);
    assertThat(space.path("phone")).doesNotExist();
  }
}
