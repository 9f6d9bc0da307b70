package dev.cairn.client;

import static dev.cairn.client.Liars.assertCut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.held.LogLeaves;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a desk believes that changes stand in the log. */
class LogPlacesTest {

  private static final Digest ANY = Digest.of(new byte[Digest.SIZE_BYTES]);

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 63);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
    space.sync(desk);
    phone.record(TestSpace.note("first"));
    phone.record(TestSpace.note("second"));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private HonestLedger telling(List<Entry> told) {
    return Liars.answering(space.ledger, entries -> told);
  }

  private List<Change> written() throws Exception {
    return phone.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
  }

  private List<OptionalLong> places(List<Change> changes) throws Exception {
    List<OptionalLong> places = new ArrayList<>();
    for (Change change : changes) {
      places.add(
          desk.holdings()
              .store()
              .read(rows -> OthersChanges.place(rows, change.id()).orElseThrow().position()));
    }
    return places;
  }

  private static List<Long> from(long first, int count) {
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(first + i);
    }
    return places;
  }

  @Test
  void placeUnderASignedRoot_doesNotChange_whoeverTellsAnother() throws Exception {
    space.sync(phone);
    space.sync(desk);
    List<Change> changes = written();
    List<OptionalLong> before = places(changes);
    long end = space.ledger.leafCount();
    List<Long> other = from(end, changes.size());
    assertCut(desk, telling(List.of(new Entry.OfFrame(Frame.of(changes), other))));
    assertThat(desk.holdings().log().next()).isGreaterThan(end);

    assertThat(places(changes)).isEqualTo(before);

    space.sync(desk);
    assertThat(places(changes)).isEqualTo(before);
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void placeFarOn_isNoneBeforeWhatStandsBeforeItIsRead() throws Exception {
    List<Change> changes = written();
    List<Long> far = from(space.ledger.leafCount() + 100, changes.size());
    assertCut(desk, telling(List.of(new Entry.OfFrame(Frame.of(changes), far))));
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("first", "second");

    assertThat(places(changes)).containsOnly(OptionalLong.empty());

    space.sync(phone);
    space.sync(desk);
    assertThat(places(changes)).doesNotContain(OptionalLong.empty());
  }

  @Test
  void placeUnderNoSignedRoot_isNotTheLogs() throws Exception {
    List<Change> changes = written();
    List<Long> next = from(space.ledger.leafCount(), changes.size());
    assertCut(desk, telling(List.of(new Entry.OfFrame(Frame.of(changes), next))));
    assertThat(places(changes)).doesNotContain(OptionalLong.empty());

    assertThat(proven(changes)).containsOnly(false);

    space.sync(phone);
    space.sync(desk);
    assertThat(proven(changes)).containsOnly(true);
  }

  private List<Boolean> proven(List<Change> changes) throws Exception {
    List<Boolean> proven = new ArrayList<>();
    for (Change change : changes) {
      long place = places(List.of(change)).get(0).getAsLong();
      proven.add(
          desk.holdings()
              .store()
              .read(rows -> desk.holdings().log().proves(rows, place, change.leafHash())));
    }
    return proven;
  }

  @Test
  void leavesUnderASignedRoot_doNotChangeWhenTheyAreReadAgain() throws Exception {
    space.sync(phone);
    space.sync(desk);
    long proven = desk.holdings().log().proven();
    assertThat(proven).isEqualTo(space.ledger.leafCount());
    assertCut(desk, telling(List.of(new Entry.Leaves(proven, List.of(ANY)))));
    assertCut(desk, telling(List.of()));
    assertThat(desk.holdings().log().next()).isZero();
    HonestLedger impostor = telling(List.of(new Entry.Leaves(0, List.of(ANY, ANY, ANY))));

    assertThatThrownBy(() -> desk.sync(LedgerTransport.to(impostor), SyncListener.NONE))
        .hasMessage("the server tells other leaves than those it told before");

    assertThat(desk.holdings().log().next()).isZero();
    assertThat(desk.holdings().log().proven()).isEqualTo(proven);
    assertThat(desk.fsck().problems()).isEmpty();
    space.sync(desk);
    assertThat(desk.holdings().log().next()).isEqualTo(proven);
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void leavesMadeUpBeforeAnyWasProven_doNotPartADeskFromItsServer() throws Exception {
    Device second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    space.sync(second);
    space.sync(desk);
    desk.confirmDevice(second.profile().device());
    space.sync(desk);
    assertCut(
        second, Liars.answering(space.ledger, entries -> entries.subList(0, entries.size() - 1)));
    assertCut(second, telling(List.of(new Entry.Leaves(0, List.of(ANY, ANY, ANY)))));
    assertThat(second.holdings().log().next()).isEqualTo(3);
    assertThat(second.holdings().log().proven()).isZero();

    space.sync(second);

    assertThat(second.serverLied()).isFalse();
    assertThat(second.fsck().problems()).isEmpty();
  }

  /** By the log's own server: it tells two changes in one place. */
  @Test
  void changeToldAheadInThePlaceOfAnother_isNotTakenIn() throws Exception {
    List<Change> unsent = written();
    Device other = space.reporter(desk, "other");
    space.sync(other);
    space.sync(desk);
    other.record(TestSpace.note("logged 0"));
    space.sync(other);
    for (int i = 1; i < 4; i++) {
      other.record(TestSpace.note("logged " + i));
    }
    space.sync(other);
    HonestLedger liar =
        Liars.answering(
            space.ledger,
            entries -> {
              int end = entries.size() - 1;
              Entry before = entries.get(end - 2);
              Entry.OfFrame last = (Entry.OfFrame) entries.get(end - 1);
              List<Long> there = last.positions().subList(0, unsent.size());
              List<Entry> told = new ArrayList<>(entries.subList(0, end - 2));
              told.add(new Entry.OfFrame(Frame.of(unsent), there));
              told.addAll(List.of(last, before, entries.get(end)));
              return told;
            });

    assertThatThrownBy(() -> desk.sync(LedgerTransport.to(liar), SyncListener.NONE))
        .hasMessage("the server tells other leaves than those it told before");

    space.sync(desk);
    assertThat(TestSpace.notes(desk)).hasSize(4).doesNotContain("first");
  }

  @Test
  void placeUnderASignedRoot_doesNotChange_whenAnotherIsToldAheadOfWhatIsBeforeIt()
      throws Exception {
    space.sync(phone);
    space.sync(desk);
    List<Change> changes = written();
    List<OptionalLong> before = places(changes);
    long end = space.ledger.leafCount();
    assertCut(
        desk,
        telling(
            List.of(
                new Entry.OfFrame(Frame.of(changes), from(end + 1, changes.size())),
                new Entry.Leaves(end, List.of(ANY)))));
    assertThat(places(changes)).isEqualTo(before);
  }

  @Test
  void leavesUnderNoSignedRoot_countAgainstNoReceipt() throws Exception {
    space.sync(phone);
    space.sync(desk);
    long next = desk.holdings().log().next();
    List<List<Entry>> now = new ArrayList<>();
    now.add(List.of());
    HonestLedger liar = Liars.answering(space.ledger, entries -> now.get(now.size() - 1));
    phone.record(TestSpace.note("third"));
    tried(phone, liar);
    desk.record(TestSpace.note("mine"));
    assertCut(desk, liar);
    phone.record(TestSpace.note("fourth"));
    tried(phone, liar);
    desk.record(TestSpace.note("mine again"));
    List<Digest> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(Sha256.of(new byte[] {(byte) i}));
    }
    assertThat(desk.fsck().problems()).isEmpty();
    now.add(List.of(new Entry.Leaves(next, many)));
    assertCut(desk, liar);
    assertThat(desk.holdings().log().proven()).isEqualTo(next);
    assertThat(desk.fsck().problems()).isEmpty();
  }

  private static void tried(Device device, HonestLedger liar) {
    try {
      device.sync(LedgerTransport.to(liar), SyncListener.NONE);
    } catch (Exception cut) {
      // The phone hears no more than the desk.
    }
  }

  /** A row that another program damaged, or put back, is no fault of the server. */
  @Test
  void leavesThatAreNotWhatWasProven_areFetchedAgain_andNobodyIsBlamed() throws Exception {
    space.sync(phone);
    space.sync(desk);
    LogSight sight = desk.holdings().log();
    desk.holdings()
        .store()
        .change(
            rows -> {
              LogLeaves.write(rows, 1, List.of(new LogLeaves.Leaf(ANY, true)));
              sight.outdated().write(rows);
            });
    space.close(desk);
    desk = space.open("desk");

    space.sync(desk);

    assertThat(desk.serverLied()).isFalse();
    assertThat(desk.fsck().problems()).isEmpty();
    assertThat(desk.holdings().log().proven()).isEqualTo(space.ledger.leafCount());
  }
}
