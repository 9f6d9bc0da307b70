package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Encounter.End;
import dev.cairn.client.held.Fact;
import dev.cairn.client.meeting.Meeting;
import dev.cairn.client.meeting.MeetingListener;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.meeting.PeerStream;
import dev.cairn.protocol.meeting.Side;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.Role;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that meet away from any server. */
class MeetingTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device anna;
  private Device basil;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 41);
    desk = space.owner("desk");
    anna = space.joinUnheard(desk, "anna", Role.REPORTER, SealMode.ON_RECEIPT, List.of());
    basil = space.reporter(desk, "basil");
  }

  @AfterEach
  void end() {
    space.close();
  }

  private static List<End> meet(Device caller, Device answerer) throws CairnException {
    List<End> ends = Encounter.of(caller, answerer).run();
    assertThat(ends).allMatch(End::isWhole);
    return ends;
  }

  private static ReportState state(Device device, RecordId record) throws CairnException {
    return device.show(record).status().state();
  }

  @Test
  void twoPhones_carryForEachOther() throws Exception {
    anna.record(TestSpace.note("of Anna"));
    basil.record(TestSpace.note("of Basil"));

    List<End> ends = meet(anna, basil);

    assertThat(ends.get(0).result().peer()).isEqualTo(basil.profile().device());
    assertThat(ends.get(0).result().isPeerConfirmed()).isFalse();
    assertThat(ends.get(0).result().taken().forOthers()).isEqualTo(1);
    assertThat(ends.get(1).result().taken().forOthers()).isEqualTo(1);
    space.sync(anna);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactlyInAnyOrder("of Anna", "of Basil");
    assertThat(TestSpace.notes(basil)).doesNotContain("of Anna");
  }

  @Test
  void secondMeeting_movesNothing_whoeverCalls() throws Exception {
    anna.record(TestSpace.note("of Anna"));
    basil.record(TestSpace.note("of Basil"));
    meet(anna, basil);
    for (List<End> ends : List.of(meet(anna, basil), meet(basil, anna))) {
      for (End end : ends) {
        assertThat(end.result().sent() + end.result().received()).isZero();
      }
    }
  }

  @Test
  void newReport_afterAMeeting_goesWithoutTheBlocksBefore() throws Exception {
    for (int i = 0; i < 40; i++) {
      anna.record(TestSpace.note("note " + i));
    }
    meet(anna, basil);
    anna.record(TestSpace.note("one more"));
    assertThat(meet(basil, anna).get(0).result().received()).isEqualTo(1);
    space.sync(basil);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).hasSize(41).doesNotHaveDuplicates();
  }

  @Test
  void chainOfThree_bringsReceiptsBack() throws Exception {
    Device carla = space.reporter(desk, "carla");
    RecordId record = anna.record(TestSpace.note("over three"));
    meet(anna, basil);
    meet(carla, basil);
    space.sync(carla);
    assertThat(space.ledger.changeCount()).isEqualTo(2);

    meet(carla, basil);
    meet(anna, basil);

    assertThat(state(anna, record)).isEqualTo(ReportState.RECEIVED);
    assertThat(anna.show(record).status().sealed()).isTrue();
    assertThat(anna.fsck().problems()).isEmpty();
    assertThat(basil.fsck().problems()).isEmpty();
    List<End> again = meet(anna, basil);
    assertThat(again.get(0).result().received() + again.get(1).result().received()).isZero();
  }

  @Test
  void desk_readsAndConfirms_inTheSameMeeting() throws Exception {
    RecordId record = anna.record(TestSpace.note("to the desk"));
    List<End> ends =
        Encounter.of(anna, desk)
            .listening(
                new MeetingListener() {
                  @Override
                  public void taken() throws CairnException {
                    confirm(anna);
                  }
                })
            .run();
    assertThat(ends).allMatch(End::isWhole);
    assertThat(TestSpace.notes(desk)).containsExactly("to the desk");
    assertThat(state(anna, record)).isEqualTo(ReportState.CONFIRMED);
    assertThat(space.ledger.changeCount()).isZero();
    space.sync(desk);
    assertThat(space.ledger.changeCount()).isEqualTo(4);
    meet(desk, anna);
    assertThat(anna.show(record).status().sealed()).isTrue();
  }

  private void confirm(Device reporter) throws CairnException {
    List<Change> feed = new ArrayList<>();
    TestSpace.held(desk).stream()
        .map(held -> held.change())
        .filter(change -> change.prefix().device().equals(reporter.profile().device()))
        .forEach(feed::add);
    Change head = feed.get(feed.size() - 1);
    desk.write(
        WriteRequest.opening(
                RecordKind.DEVICE_NOTICE,
                List.of(
                    new Operation.Confirm(
                        reporter.profile().device(),
                        head.prefix().sequence(),
                        head.id(),
                        List.of())))
            .circles(
                List.of(
                    desk.roster().desk().orElseThrow(),
                    Circles.device(reporter.profile().device()))));
  }

  @Test
  void wordOfTheDesk_travelsOverAnotherPhone() throws Exception {
    RecordId record = anna.record(TestSpace.note("to the desk"));
    meet(anna, basil);
    meet(basil, desk);
    confirm(anna);
    meet(basil, desk);
    meet(basil, anna);
    assertThat(state(anna, record)).isEqualTo(ReportState.CONFIRMED);
  }

  @Test
  void twoDesks_exchangeWhatTheyHoldByHand() throws Exception {
    Device second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    space.sync(second);
    space.sync(desk);
    desk.confirmDevice(second.profile().device());
    space.sync(desk);
    space.sync(second);
    anna.record(TestSpace.note("of Anna"));
    second.record(TestSpace.note("of the second desk"));
    meet(anna, desk);
    meet(desk, second);
    assertThat(TestSpace.notes(second)).contains("of Anna");
    assertThat(TestSpace.notes(desk)).contains("of the second desk");
  }

  @Test
  void strangers_areToldApartByNobodyButThemselves() throws Exception {
    try (TestSpace other = new TestSpace(folder.resolve("other"), 42)) {
      Device foreign = other.owner("foreign");
      foreign.record(TestSpace.note("elsewhere"));
      List<End> ends = Encounter.of(foreign, basil).run();
      assertThat(ends.get(1).refused()).isEqualTo(PeerStream.STRANGER);
      assertThat(ends.get(0).refused()).isEqualTo(Meeting.UNMET);
    }
  }

  @Test
  void suspendedPhone_isRefusedByADesk() throws Exception {
    anna.record(TestSpace.note("too late"));
    space.sync(anna);
    space.sync(desk);
    desk.addStatement(
        new dev.cairn.protocol.roster.RosterWriter(desk.roster(), space.host.randomness())
            .suspension(
                anna.profile().device(), List.of(), desk.holdings().identity().signingKey()));
    List<End> ends = Encounter.of(anna, desk).run();
    assertThat(ends.get(1).refused()).isEqualTo(PeerStream.SUSPENDED);
    assertThat(ends.get(0).refused()).isEqualTo(Meeting.UNMET);
  }

  @Test
  void stream_showsNeitherWhoNorWhat() throws Exception {
    anna.record(TestSpace.note("CANARY-IN-A-REPORT"));
    basil.record(TestSpace.note("CANARY-IN-ANOTHER"));
    Encounter encounter = Encounter.of(anna, basil);
    encounter.run();
    for (byte[] said :
        List.of(encounter.toAnswerer.toByteArray(), encounter.toCaller.toByteArray())) {
      String text = new String(said, StandardCharsets.ISO_8859_1);
      assertThat(text.contains("CANARY")).isFalse();
      for (byte[] id :
          List.of(
              anna.profile().device().bytes(),
              basil.profile().device().bytes(),
              desk.profile().device().bytes(),
              anna.profile().space().bytes())) {
        assertThat(text.contains(new String(id, 0, 8, StandardCharsets.ISO_8859_1))).isFalse();
      }
    }
  }

  @Test
  void phone_remembersNobodyItMet() throws Exception {
    anna.record(TestSpace.note("of Anna"));
    meet(basil, anna);
    byte[] id = anna.profile().device().bytes();
    assertThat(holds(anna, id)).isTrue();
    assertThat(holds(basil, id)).isFalse();
    assertThat(basil.holdings().store().read(Fact.MET::get)).isNull();
  }

  /** Whether any row, as it is before it is encrypted, holds these bytes. */
  private static boolean holds(Device device, byte[] what) throws CairnException {
    String wanted = new String(what, StandardCharsets.ISO_8859_1);
    boolean[] found = {false};
    for (Table table : Table.values()) {
      device
          .holdings()
          .store()
          .change(
              rows ->
                  rows.scan(
                      table,
                      0,
                      row -> {
                        found[0] |= new String(row, StandardCharsets.ISO_8859_1).contains(wanted);
                        return true;
                      }));
    }
    return found[0];
  }

  @Test
  void meeting_overBlockingStreams_comesToItsEnd() throws Exception {
    byte[] photo = new byte[300_000];
    new java.util.Random(3).nextBytes(photo);
    RecordId record = anna.record(TestSpace.note("with a photograph"));
    AttachedPhotograph.attach(anna, record, photo.length, 3);
    basil.record(TestSpace.note("of Basil"));
    // Smaller than a turn: whoever wrote without reading would wait for ever.
    PipedInputStream atBasil = new PipedInputStream(4096);
    PipedInputStream atAnna = new PipedInputStream(4096);
    PipedOutputStream fromAnna = new PipedOutputStream(atBasil);
    PipedOutputStream fromBasil = new PipedOutputStream(atAnna);
    CompletableFuture<Boolean> answered =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return basil
                    .meet(Side.ANSWERER, atBasil, fromBasil, MeetingListener.NONE)
                    .isWhole();
              } catch (CairnException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(anna.meet(Side.CALLER, atAnna, fromAnna, MeetingListener.NONE).isWhole()).isTrue();
    assertThat(answered.get()).isTrue();
    space.sync(basil);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).hasSize(2);
  }
}
