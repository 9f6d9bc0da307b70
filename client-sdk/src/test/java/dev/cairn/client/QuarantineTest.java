package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.held.HeldChange;
import dev.cairn.client.held.QuarantineNotes;
import dev.cairn.client.held.QuarantineNotes.Room;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes by hand of a device that was cut off waits, as much as there is room for. */
class QuarantineTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private DeviceId device;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 71);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    device = phone.profile().device();
    phone.record(TestSpace.note("before"));
    space.sync(phone);
    space.sync(desk);
    desk.suspensions().suspend(device);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private BundleImport bring(String... notes) throws Exception {
    for (String note : notes) {
      phone.record(TestSpace.note(note));
    }
    return Sticks.into(desk, Sticks.from(phone));
  }

  /** Writes as much as one session holds, so that one is opened beyond the suspension. */
  private void endSession() throws Exception {
    phone.recordAll(Collections.nCopies(Limits.SESSION_CHANGES_MAX, TestSpace.note("late")));
  }

  private List<ChangeId> waiting() throws Exception {
    List<ChangeId> waiting = new ArrayList<>();
    desk.suspensions().quarantine(change -> waiting.add(change.id()));
    return waiting;
  }

  private Room room() throws Exception {
    return desk.holdings().store().read(rows -> QuarantineNotes.room(rows, device));
  }

  private void fill(long changes, long sizeBytes) throws Exception {
    desk.holdings()
        .store()
        .change(rows -> QuarantineNotes.write(rows, device, new Room(changes, sizeBytes)));
  }

  private List<String> counting() throws Exception {
    return TestSpace.held(desk).stream()
        .filter(HeldChange::counts)
        .flatMap(held -> held.opened().stream())
        .flatMap(opened -> opened.body().operations().stream())
        .map(operation -> ((Operation.Note) operation).text())
        .toList();
  }

  @Test
  void changesBeyond_thatJustFit_areTaken() throws Exception {
    fill(Limits.QUARANTINE_CHANGES_MAX - 1, 0);
    assertThat(bring("late").fresh()).isEqualTo(1);
    assertThat(waiting()).hasSize(1);
    assertThat(desk.suspensions().full()).containsExactly(device);
  }

  @Test
  void changesBeyond_oneMoreThanFits_areRefused_andWhatIsThereStays() throws Exception {
    bring("late");
    List<ChangeId> first = waiting();
    fill(Limits.QUARANTINE_CHANGES_MAX, 0);
    BundleImport flood = bring("later");
    assertThat(flood.fresh()).isZero();
    assertThat(flood.refused()).isEqualTo(2);
    assertThat(waiting()).isEqualTo(first);
  }

  @Test
  void bytesBeyond_thatJustFit_areTaken_andOneMoreIsNot() throws Exception {
    bring("late");
    long one = room().sizeBytes();
    fill(0, Limits.QUARANTINE_BYTES_MAX - one + 1);
    assertThat(bring("later").fresh()).isZero();
    fill(0, Limits.QUARANTINE_BYTES_MAX - 2 * one);
    assertThat(bring().fresh()).isEqualTo(1);
  }

  @Test
  void whatCountsStill_comingByHand_takesNoRoom() throws Exception {
    assertThat(room()).isEqualTo(Room.EMPTY);
    Sticks.into(desk, Sticks.from(phone));
    assertThat(room()).isEqualTo(Room.EMPTY);
  }

  @Test
  void refusal_makesRoom_andTheChangeStaysListed() throws Exception {
    bring("late");
    desk.suspensions().refuse(waiting(), "not his");
    assertThat(room().sizeBytes()).isLessThan(Limits.CHANGE_PAYLOAD_BYTES_MAX);
    List<String> reasons = new ArrayList<>();
    desk.suspensions().quarantine(change -> change.refusal().ifPresent(reasons::add));
    assertThat(reasons).containsExactly("not his");
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void refusal_ofOneChange_freesTheRoomOfItsDevicesSessions() throws Exception {
    endSession();
    bring("late");
    desk.suspensions().refuse(waiting(), "");
    assertThat(room()).isEqualTo(Room.EMPTY);
  }

  @Test
  void acceptance_ofOneChange_freesTheRoomOfItsDevicesSessions() throws Exception {
    endSession();
    bring("late");
    desk.suspensions().accept(waiting());
    assertThat(room()).isEqualTo(Room.EMPTY);
  }

  @Test
  void refusalOfAllOfADevice_makesRoom_alsoWhereOnlySessionsWait() throws Exception {
    endSession();
    bring("late");
    List<ChangeId> sessions =
        TestSpace.held(desk).stream()
            .filter(held -> !held.counts() && held.change().opensSession())
            .map(held -> held.change().id())
            .toList();
    assertThat(sessions).isNotEmpty();
    desk.suspensions().accept(waiting());
    desk.holdings().store().change(rows -> QuarantineNotes.forget(rows, sessions.get(0)));
    fill(Limits.QUARANTINE_CHANGES_MAX, 0);

    assertThat(waiting()).isEmpty();
    assertThat(desk.suspensions().refuseAll(device, "flood")).containsExactly(sessions.get(0));
    assertThat(room()).isEqualTo(Room.EMPTY);
    assertThat(desk.suspensions().refuseAll(device, "flood")).isEmpty();
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void acceptance_letsOneCount_andNothingElse() throws Exception {
    bring("late one", "late two", "late three");
    List<ChangeId> all = waiting();
    desk.suspensions().accept(List.of(all.get(1)));
    assertThat(waiting()).containsExactly(all.get(0), all.get(2));
    assertThat(counting()).containsExactly("before", "late two");
  }

  @Test
  void acceptance_ofAChangeThatCounts_isRefused() throws Exception {
    bring("late");
    ChangeId late = waiting().get(0);
    desk.suspensions().accept(List.of(late));
    assertThatThrownBy(() -> desk.suspensions().accept(List.of(late)))
        .isInstanceOf(RefusedException.class)
        .hasFieldOrPropertyWithValue("code", "quarantine.unknown");
  }

  @Test
  void acceptance_isVoidForALaterSuspension() throws Exception {
    bring("late");
    desk.suspensions().accept(waiting());
    assertThat(waiting()).isEmpty();
    ChangeId last =
        TestSpace.held(desk).stream()
            .filter(
                held -> held.change().prefix().device().equals(device) && held.opened().isPresent())
            .map(held -> held.change().id())
            .findFirst()
            .orElseThrow();
    desk.suspensions().suspendAfter(device, List.of(last));
    assertThat(waiting()).hasSize(1);
  }

  @Test
  void suspension_afterAChangeThatIsNotHeld_isRefused() throws Exception {
    ChangeId other = ChangeId.of(new byte[ChangeId.SIZE_BYTES]);
    assertThatThrownBy(() -> desk.suspensions().suspendAfter(device, List.of(other)))
        .hasFieldOrPropertyWithValue("code", "change.unknown");
  }
}
