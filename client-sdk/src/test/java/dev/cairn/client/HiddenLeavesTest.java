package dev.cairn.client;

import static dev.cairn.client.Liars.assertCaught;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that shows a desk less than it may read is caught, and one that shows all of it never.
 */
class HiddenLeavesTest {

  private static final String KEPT_BACK = "the server keeps back what this device may read: leaf ";

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private CircleId coordinators;
  private Device phone;
  private Device other;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 8);
    desk = space.owner("desk");
    coordinators = desk.roster().desk().orElseThrow();
    desk.addStatement(Court.of(space, desk, desk));
    List<CircleId> circles = List.of(coordinators, Court.ID);
    phone = space.join(desk, "phone", Role.REPORTER, SealMode.ON_RECEIPT, circles);
    other = space.join(desk, "other", Role.REPORTER, SealMode.ON_RECEIPT, circles);
    space.sync(phone);
    space.sync(other);
    space.sync(desk);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private Device secondDesk() throws Exception {
    Device second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    space.sync(second);
    space.sync(desk);
    desk.confirmDevice(second.holdings().device());
    space.sync(desk);
    return second;
  }

  private void record(Device by, NewRecord record) throws Exception {
    by.record(record);
    space.sync(by);
  }

  private static Entry hidden(Entry.OfFrame frame) {
    List<ChangeLeaf> leaves = new ArrayList<>();
    frame.frame().changes().forEach(change -> leaves.add(change.leaf()));
    return new Entry.Hidden(frame.positions().get(0), leaves);
  }

  private static Entry relabelled(Entry.OfFrame frame) {
    List<ChangeLeaf> leaves = new ArrayList<>();
    for (Change change : frame.frame().changes()) {
      leaves.add(new ChangeLeaf(Audience.of(Court.ID), change.leaf().payload()));
    }
    return new Entry.Hidden(frame.positions().get(0), leaves);
  }

  /** That it is known for good, and that another server gives what was kept back. */
  private void assertKeptAndHealed(Device device, String... notes) throws Exception {
    assertThat(device.serverLied()).isTrue();
    Liars.assertKept(device);
    space.sync(device);
    assertThat(TestSpace.notes(device)).containsExactlyInAnyOrder(notes);
  }

  @Test
  void change_calledAnothers_isCaughtAndKept() throws Exception {
    assertLastChangeMissed(HiddenLeavesTest::hidden);
  }

  @Test
  void change_toldAsAHashAlone_isCaughtAndKept() throws Exception {
    assertLastChangeMissed(Liars::bare);
  }

  /**
   * That a desk which had read all before it catches who tells of the last change otherwise. It
   * reads again from the first leaf before it says so, hears the same lie of the change before, and
   * names that.
   */
  private void assertLastChangeMissed(Function<Entry.OfFrame, Entry> lie) throws Exception {
    long first = space.ledger.leafCount();
    record(phone, TestSpace.note("first"));
    space.sync(desk);
    record(phone, TestSpace.note("kept back"));
    HonestLedger liar = Liars.passingFrames(space.ledger, lie);
    assertCaught(desk, liar).hasMessage(KEPT_BACK + first);
    assertKeptAndHealed(desk, "first", "kept back");
  }

  @Test
  void device_keptBack_isCaughtAndKept() throws Exception {
    record(phone, TestSpace.note("kept back"));
    record(other, TestSpace.note("shown"));
    DeviceId victim = phone.holdings().device();
    HonestLedger liar =
        Liars.passingFrames(
            space.ledger, frame -> frame.frame().device().equals(victim) ? hidden(frame) : frame);
    assertCaught(desk, liar).hasMessageStartingWith(KEPT_BACK);
    assertThat(TestSpace.notes(desk)).containsExactly("shown");
    assertCaught(desk, liar).hasMessageStartingWith(KEPT_BACK);
    assertKeptAndHealed(desk, "kept back", "shown");
  }

  @Test
  void device_keptBackFromADeskThatIsNew_isCaughtAndKept() throws Exception {
    Device second = secondDesk();
    record(phone, TestSpace.note("kept back"));
    HonestLedger liar = Liars.passingFrames(space.ledger, HiddenLeavesTest::hidden);
    assertCaught(second, liar).hasMessageStartingWith(KEPT_BACK);
    assertKeptAndHealed(second, "kept back");
  }

  @Test
  void statement_keptBack_isCaughtAndKept() throws Exception {
    Device third = space.reporter(desk, "third");
    space.sync(third);
    DeviceId victim = third.holdings().device();
    HonestLedger liar =
        Liars.passing(
            space.ledger,
            entry ->
                entry instanceof Entry.Statement stated && isOf(stated, victim)
                    ? new Entry.Leaves(
                        stated.position().getAsLong(), List.of(decoded(stated).leafHash()))
                    : entry);
    assertCaught(desk, liar).hasMessageStartingWith(KEPT_BACK);
    assertKeptAndHealed(desk);
    assertThat(desk.roster().device(victim)).isPresent();
  }

  private static boolean isOf(Entry.Statement stated, DeviceId device) {
    return decoded(stated).signers().contains(device);
  }

  private static Statement decoded(Entry.Statement stated) {
    try {
      return Statement.decode(stated.statement().bytes());
    } catch (CairnException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void change_calledTheCourtsAlone_isNotTheLeafOfTheLog() throws Exception {
    record(phone, TestSpace.note("relabelled"));
    assertCaught(desk, Liars.passingFrames(space.ledger, HiddenLeavesTest::relabelled))
        .hasMessage("the leaves the server shows are not those of the root it signed");
    assertKeptAndHealed(desk, "relabelled");
  }

  @Test
  void change_loggedAsTheCourtsAlone_isNotTheLeafOfTheReceipt() throws Exception {
    HonestLedger liar =
        Liars.copied(
            space.ledger,
            new HonestLedger(space.ledger) {
              @Override
              protected Digest leaf(Change change) {
                return new ChangeLeaf(Audience.of(Court.ID), change.leaf().payload()).hash();
              }
            });
    RecordId record = phone.record(TestSpace.note("relabelled"));
    assertCaught(phone, liar)
        .hasMessageStartingWith("the server's receipt does not prove what it should");
    assertThat(phone.show(record).status().state()).isEqualTo(ReportState.SAVED);
  }

  @Test
  void statement_toldOutOfItsPlace_isNotListenedTo() throws Exception {
    Device third = space.reporter(desk, "third");
    space.sync(third);
    DeviceId victim = third.holdings().device();
    HonestLedger liar =
        Liars.passing(
            space.ledger,
            entry ->
                entry instanceof Entry.Statement stated && isOf(stated, victim)
                    ? new Entry.Statement(
                        stated.statement(), OptionalLong.of(1 + stated.position().getAsLong()))
                    : entry);
    assertThatThrownBy(() -> desk.sync(LedgerTransport.to(liar), SyncListener.NONE))
        .hasMessage("the server tells a statement before what is before it");
  }

  /** Circles, and devices' own, that a desk was told leaves for. */
  private Set<CircleId> toldOf(Device device) throws Exception {
    Set<CircleId> told = new HashSet<>();
    HonestLedger watched =
        Liars.passing(
            space.ledger,
            entry -> {
              if (entry instanceof Entry.Hidden hidden) {
                hidden.leaves().forEach(leaf -> told.addAll(leaf.audience().circles()));
              }
              return entry;
            });
    device.sync(LedgerTransport.to(watched), SyncListener.NONE);
    return told;
  }

  @Test
  void honestServer_manyCirclesAndReportersOwn_isNeverBlamed() throws Exception {
    record(phone, TestSpace.note("for the desk"));
    record(phone, TestSpace.note("for the court").circles(List.of(Court.ID)));
    record(other, TestSpace.note("for both").circles(List.of(coordinators, Court.ID)));
    CircleId own = Circles.device(phone.holdings().device());
    space.sync(desk);
    desk.write(
        WriteRequest.opening(RecordKind.DEVICE_NOTICE, List.of(new Operation.Note("for the phone")))
            .circles(List.of(own)));
    space.sync(desk);
    Device second = secondDesk();
    record(phone, TestSpace.note("later").circles(List.of(Court.ID)));

    Set<CircleId> told = toldOf(second);
    space.sync(desk);
    space.sync(phone);

    assertThat(told).containsExactlyInAnyOrder(Court.ID, own);
    assertThat(TestSpace.notes(second)).containsExactlyInAnyOrder("for the desk", "for both");
    for (Device device : List.of(desk, second, phone, other)) {
      assertThat(device.serverLied()).isFalse();
      assertThat(device.fsck().problems()).isEmpty();
    }
  }

  /** A right that came by hand is not in the log yet: the server cannot know of it. */
  @Test
  void honestServer_thatHasNotHeardOfARight_isNotBlamed_andItsChangesComeWhenItHas()
      throws Exception {
    Device second = secondDesk();
    space.sync(second);
    record(phone, TestSpace.note("before").circles(List.of(Court.ID)));
    Statement right = Court.of(space, desk, desk, second);
    ByHand.take(second, right);
    space.sync(second);
    record(phone, TestSpace.note("between").circles(List.of(Court.ID)));
    space.sync(second);
    assertThat(reports(second)).isZero();
    assertThat(second.serverLied()).isFalse();

    desk.addStatement(right);
    space.sync(desk);
    record(phone, TestSpace.note("afterwards").circles(List.of(Court.ID)));
    space.sync(second);

    assertThat(reports(second)).isEqualTo(3);
    assertThat(second.serverLied()).isFalse();
    assertThat(second.fsck().problems()).isEmpty();
  }

  /** Changes held that have a body, be there a key to it or not. */
  private static long reports(Device device) throws CairnException {
    return TestSpace.held(device).stream().filter(held -> !held.change().opensSession()).count();
  }
}
