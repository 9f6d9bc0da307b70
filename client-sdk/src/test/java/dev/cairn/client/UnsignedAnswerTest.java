package dev.cairn.client;

import static dev.cairn.client.Liars.assertCut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody in the server's place who has not the log's key tells what he likes, and never comes to
 * the line that would have to be signed. Nothing of it lasts.
 */
class UnsignedAnswerTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 61);
    desk = space.owner("desk");
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** A copy of the ledger of which every pull is answered so, and ends there. */
  private HonestLedger telling(List<Entry> told) {
    return Liars.answering(space.ledger, entries -> told);
  }

  @Test
  void bareChange_thatNoLogHas_brandsNoHonestServer() throws Exception {
    Device phone = space.reporter(desk, "phone");
    space.sync(phone);
    space.sync(desk);
    phone.record(TestSpace.note("no server has it yet"));
    List<Change> unsent = phone.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
    long end = space.ledger.leafCount();
    List<Change> bare = unsent.stream().map(Change::withoutCiphertext).toList();
    List<Long> places = new ArrayList<>();
    bare.forEach(change -> places.add(end + places.size()));
    assertCut(desk, telling(List.of(new Entry.OfFrame(Frame.of(bare), places))));

    space.sync(desk);
    space.sync(desk);

    assertThat(desk.serverLied()).isFalse();
    assertThat(desk.fsck().problems()).isEmpty();
    space.sync(phone);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("no server has it yet");
  }

  @Test
  void rightToRead_toldInThePlaceOfAHiddenLeaf_brandsNoHonestServer() throws Exception {
    desk.addStatement(Court.of(space, desk, desk));
    Device phone =
        space.join(
            desk,
            "phone",
            Role.REPORTER,
            SealMode.ON_RECEIPT,
            List.of(desk.roster().desk().orElseThrow(), Court.ID));
    space.sync(phone);
    space.sync(desk);
    Device second = space.coordinator(desk, "second");
    space.sync(second);
    phone.record(TestSpace.note("for the court").circles(List.of(Court.ID)));
    space.sync(phone);
    Statement right = Court.of(space, desk, desk, second);
    ByHand.take(second, right);
    HonestLedger impostor =
        Liars.answering(
            space.ledger,
            entries -> {
              List<Entry> told = new ArrayList<>(entries);
              int hidden = 0;
              while (!(told.get(hidden) instanceof Entry.Hidden)) {
                hidden++;
              }
              long place = ((Entry.Hidden) told.get(hidden)).first();
              Encoded encoded = Encoded.of(right.encode());
              told.set(hidden, new Entry.Statement(encoded, OptionalLong.of(place)));
              return told.subList(0, hidden + 1);
            });
    assertCut(second, impostor);

    space.sync(second);
    space.sync(second);

    assertThat(second.serverLied()).isFalse();
  }

  @Test
  void placeOfAnEpochThatNoLogHas_keepsNoReportFromBeingSent() throws Exception {
    Device keyMaker = space.coordinator(desk, "key maker");
    Device phone = space.reporter(desk, "phone");
    space.sync(phone);
    keyMaker.rekey(keyMaker.roster().desk().orElseThrow());
    ByHand.take(phone, List.copyOf(keyMaker.roster().statements()));
    RecordId record = phone.record(TestSpace.note("sealed to keys that came by hand"));
    List<Entry> learnt = new ArrayList<>();
    HonestLedger impostor =
        Liars.copied(
            space.ledger,
            new HonestLedger(space.ledger) {
              @Override
              protected void accepted(Entry entry) throws CairnException {
                if (entry instanceof Entry.Statement stated) {
                  learnt.add(new Entry.Statement(stated.statement(), OptionalLong.of(3)));
                  throw new RefusedException("statement.no-authority", "no");
                }
                throw new RefusedException("epoch.unknown", "no");
              }

              @Override
              protected List<Entry> pulled(List<Entry> entries) {
                return learnt;
              }
            });
    assertCut(phone, impostor);
    assertThat(learnt).isNotEmpty();

    space.sync(phone);
    space.sync(phone);

    assertThat(phone.show(record).status().state()).isEqualTo(ReportState.RECEIVED);
  }

  @Test
  void placeFarOn_hidesNothingThatStandsBeforeIt() throws Exception {
    Device phone = space.reporter(desk, "phone");
    RecordId record = phone.record(TestSpace.note("first"));
    ChangeId first = phone.show(record).changeIds().get(0);
    space.sync(phone);
    space.sync(desk);
    desk.write(
        WriteRequest.to(
                record,
                RecordKind.INCIDENT.code(),
                List.of(first),
                List.of(new Operation.Ask("How many?")))
            .circles(
                List.of(
                    desk.roster().desk().orElseThrow(), Circles.device(phone.profile().device()))));
    space.sync(desk);
    Statement genesis = desk.roster().statements().iterator().next();
    OptionalLong last = OptionalLong.of(space.ledger.leafCount() - 1);
    assertCut(phone, telling(List.of(new Entry.Statement(Encoded.of(genesis.encode()), last))));

    space.sync(phone);

    assertThat(phone.show(record).questions()).hasSize(1);
  }

  /** A leaf too many sends a desk back to the first one, and nobody has to sign that either. */
  private void tellAtTheStart(List<Entry> told) throws Exception {
    Digest any = Digest.of(new byte[Digest.SIZE_BYTES]);
    assertCut(desk, telling(List.of(new Entry.Leaves(space.ledger.leafCount(), List.of(any)))));
    assertCut(desk, telling(told));
    assertThat(desk.holdings().log().next()).isZero();
  }

  private List<Change> unsent(String... notes) throws Exception {
    Device phone = space.reporter(desk, "phone");
    space.sync(phone);
    space.sync(desk);
    for (String note : notes) {
      phone.record(TestSpace.note(note));
    }
    return phone.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
  }

  private void assertThatTheServerIsBelieved() throws Exception {
    space.sync(desk);
    space.sync(desk);
    assertThat(desk.serverLied()).isFalse();
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void leafToldBareBeforeAnyOther_brandsNoHonestServer() throws Exception {
    unsent();
    Digest any = Digest.of(new byte[Digest.SIZE_BYTES]);
    tellAtTheStart(List.of(new Entry.Leaves(2, List.of(any))));
    assertThatTheServerIsBelieved();
  }

  @Test
  void bareChangeToldBeforeAnyLeaf_brandsNoHonestServer() throws Exception {
    List<Change> bare = unsent("one").stream().map(Change::withoutCiphertext).toList();
    List<Long> places = new ArrayList<>();
    bare.forEach(change -> places.add(space.ledger.leafCount() + places.size()));
    tellAtTheStart(List.of(new Entry.OfFrame(Frame.of(bare), places)));
    assertThatTheServerIsBelieved();
  }

  @Test
  void changeThatContinuesWhatNobodyHasToldBeforeAnyLeaf_brandsNoHonestServer() throws Exception {
    List<Change> all = unsent("one", "two");
    Change last = all.get(all.size() - 1);
    long place = space.ledger.leafCount() + 3;
    tellAtTheStart(List.of(new Entry.OfFrame(Frame.of(List.of(last)), List.of(place))));
    assertThatTheServerIsBelieved();
  }

  /** Also not by the log's own server: no other desk would ever see it. */
  @Test
  void changeToldWhereTheLogHasAnotherLeaf_isNotTakenIn() throws Exception {
    List<Change> unsent = unsent("in no log");
    HonestLedger liar =
        Liars.answering(
            space.ledger,
            entries -> {
              List<Entry> more = new ArrayList<>();
              more.add(new Entry.OfFrame(Frame.of(unsent), List.of(0L, 1L)));
              more.addAll(entries);
              return more;
            });
    assertThat(unsent).hasSize(2);

    assertThatThrownBy(() -> desk.sync(LedgerTransport.to(liar), SyncListener.NONE))
        .hasMessage("the server tells other leaves than those it told before");

    assertThat(TestSpace.notes(desk)).isEmpty();
    assertThatTheServerIsBelieved();
  }
}
