package dev.cairn.client;

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

  private static final String CUT = "the server's answer to a pull is not whole";

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
  private HonestLedger telling(List<Entry> told) throws Exception {
    return Liars.copied(
        space.ledger,
        new HonestLedger(space.ledger) {
          @Override
          protected List<Entry> pulled(List<Entry> entries) {
            return told;
          }
        });
  }

  private static void assertCut(Device device, HonestLedger by) {
    assertThatThrownBy(() -> device.sync(LedgerTransport.to(by), SyncListener.NONE))
        .hasMessage(CUT);
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
        Liars.copied(
            space.ledger,
            new HonestLedger(space.ledger) {
              @Override
              protected List<Entry> pulled(List<Entry> entries) {
                List<Entry> told = new ArrayList<>(entries);
                int hidden = 0;
                while (!(told.get(hidden) instanceof Entry.Hidden)) {
                  hidden++;
                }
                long place = ((Entry.Hidden) told.get(hidden)).first();
                Encoded encoded = Encoded.of(right.encode());
                told.set(hidden, new Entry.Statement(encoded, OptionalLong.of(place)));
                return told.subList(0, hidden + 1);
              }
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
}
