package dev.cairn.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.DeviceDoor;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Epoch;
import dev.cairn.protocol.roster.EpochMember;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.simulation.audit.Auditor;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.server.ServerMachine;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody in the server's place who has not the log's key tells of places and leaves in an answer
 * that is cut; afterwards the real server answers.
 */
final class ImpostorTest {

  private static final Digest ANY = Digest.of(new byte[Digest.SIZE_BYTES]);

  @TempDir private Path folder;
  private Stage stage;
  private Roads roads;
  private Machine owner;
  private Machine second;
  private Machine phone;

  @BeforeEach
  void begin() throws Exception {
    stage = new Stage(7, folder, new Auditor(), Cast.of(7, folder), Disks.SIMULATED);
    roads = new Roads(stage, new Attempt(stage), new Liar(stage, false));
    stage.server.start();
    owner = stage.desks.get(0);
    second = stage.desks.get(1);
    phone = stage.phones.get(0);
  }

  @AfterEach
  void end() {
    stage.people().forEach(Machine::close);
    stage.server.close();
  }

  private long size() {
    return stage.server.ledger().snapshot(stage.space()).orElseThrow().head().size();
  }

  private void report() throws Exception {
    phone.device().record(NewRecord.of(List.of(new Operation.Note(stage.word()))));
    phone.device().sync(roads.good(), SyncListener.NONE);
  }

  private boolean isLogged(Change change) throws Exception {
    try (LedgerView view = stage.server.ledger().store().view()) {
      return view.position(stage.space(), change.id()).isPresent();
    }
  }

  /** Answers pulls whose target holds a text with these entries and nothing signed. */
  private static Transport impostor(Transport good, String text, List<Entry> told) {
    return new Transport() {
      @Override
      public Exchange open(Request request) throws TransportException {
        Exchange exchange = good.open(request);
        boolean isAnswered = request.target().contains(text) && exchange.status() == 200;
        return isAnswered ? new Told(exchange, told) : exchange;
      }

      @Override
      public Traffic traffic() {
        return good.traffic();
      }

      @Override
      public void close() {
        good.close();
      }
    };
  }

  private static final class Told implements Exchange {
    private final Exchange whole;
    private byte @Nullable [] left;

    Told(Exchange whole, List<Entry> told) {
      this.whole = whole;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      EntryWriter writer = new EntryWriter();
      told.forEach(entry -> out.writeBytes(writer.write(entry)));
      left = out.toByteArray();
    }

    @Override
    public boolean duplex() {
      return whole.duplex();
    }

    @Override
    public void send(byte[] piece) throws TransportException {
      whole.send(piece);
    }

    @Override
    public void finish() throws TransportException {
      whole.finish();
    }

    @Override
    public int status() throws TransportException {
      return whole.status();
    }

    @Override
    public Optional<String> header(String name) throws TransportException {
      return whole.header(name);
    }

    @Override
    public byte @Nullable [] receive() {
      byte[] next = left;
      left = null;
      return next;
    }

    @Override
    public void close() {
      whole.close();
    }
  }

  private void assertCut(Machine machine, Transport impostor) {
    assertThatThrownBy(() -> machine.device().sync(impostor, SyncListener.NONE))
        .hasMessage("the server's answer to a pull is not whole");
  }

  /** What the second desk alone holds when the log is opened anew, and the phone never returns. */
  private List<Change> lostWithTheServer() throws Exception {
    owner.device().sync(roads.good(), SyncListener.NONE);
    second.device().sync(roads.good(), SyncListener.NONE);
    ServerMachine.Backup backup = stage.server.backedUp();
    report();
    second.device().sync(roads.good(), SyncListener.NONE);
    List<Change> own = DeviceDoor.own(phone.device());
    stage.server.restore(backup);
    owner.device().openGeneration(roads.good(), SyncListener.NONE);
    assertThat(isLogged(own.get(own.size() - 1))).isFalse();
    return own;
  }

  @Test
  void placeInANewLogThatNobodySigned_keepsNothingFromBeingHandedIn() throws Exception {
    List<Change> own = lostWithTheServer();
    List<Change> lost = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    for (Change change : own) {
      if (!isLogged(change) && lost.size() < Limits.FRAME_ITEMS_MAX) {
        lost.add(change);
        places.add(size() + 100 + lost.size());
      }
    }
    List<Entry> told = List.of(new Entry.OfFrame(Frame.of(lost), places));
    assertCut(second, impostor(roads.good(), "/pull?", told));
    for (int i = 0; i < 4; i++) {
      second.device().sync(roads.good(), SyncListener.NONE);
    }
    assertThat(second.device().serverLied()).isFalse();
    assertThat(isLogged(own.get(own.size() - 1))).isTrue();
  }

  @Test
  void leavesMadeUpWhileADeskReadsFromTheStart_areRefusedAndForgotten() throws Exception {
    second.device().sync(roads.good(), SyncListener.NONE);
    assertCut(
        second, impostor(roads.good(), "/pull?", List.of(new Entry.Leaves(size(), List.of(ANY)))));
    Transport fromTheStart =
        impostor(roads.good(), "/pull?from=0&", List.of(new Entry.Leaves(0, List.of(ANY))));
    assertThatThrownBy(() -> second.device().sync(fromTheStart, SyncListener.NONE))
        .hasMessage("the server tells other leaves than those it told before");
    assertThat(DeviceDoor.next(second.device())).isZero();

    second.device().sync(roads.good(), SyncListener.NONE);

    assertThat(DeviceDoor.next(second.device())).isEqualTo(size());
    assertThat(second.device().serverLied()).isFalse();
  }

  /** Whoever makes new keys may seal anything to a member. */
  @Test
  void deskThatIsNamedAndCannotOpenTheNewestKeys_doesNotConfirmAgainAndAgain() throws Exception {
    owner.device().sync(roads.good(), SyncListener.NONE);
    second.desk().sync(roads.good(), SyncListener.NONE);
    report();
    second.device().sync(roads.good(), SyncListener.NONE);
    CircleId desk = owner.device().roster().desk().orElseThrow();
    RosterWriter writer = new RosterWriter(owner.device().roster(), stage.chance);
    Epoch good =
        (Epoch)
            writer
                .epoch(
                    desk,
                    "desk",
                    owner.device().roster().circle(desk).orElseThrow().members(),
                    DeviceDoor.key(owner.device()))
                .statement()
                .content();
    List<EpochMember> members = new ArrayList<>();
    for (EpochMember member : good.members()) {
      members.add(
          member.device().equals(second.id())
              ? new EpochMember(member.device(), good.sealFor(owner.id()).orElseThrow())
              : member);
    }
    Epoch bad =
        new Epoch(
            good.circle(),
            good.publicKey(),
            members,
            good.recoverySealOrNull(),
            good.superseded(),
            good.name());
    Statement statement = writer.sign(bad, DeviceDoor.key(owner.device()));
    owner.device().addStatement(statement);
    owner.device().sync(roads.good(), SyncListener.NONE);
    second.desk().sync(roads.good(), SyncListener.NONE);
    second.desk().sync(roads.good(), SyncListener.NONE);
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      second.desk().sync(roads.good(), SyncListener.NONE);
      sizes.add(size());
    }
    assertThat(sizes).containsOnly(sizes.get(0));
  }

  /** What the second desk alone can bring back, once the phone is gone. */
  private long restoredWithoutAReport() throws Exception {
    owner.device().sync(roads.good(), SyncListener.NONE);
    second.device().sync(roads.good(), SyncListener.NONE);
    ServerMachine.Backup backup = stage.server.backedUp();
    report();
    second.device().sync(roads.good(), SyncListener.NONE);
    long before = size();
    List<Change> own = DeviceDoor.own(phone.device());
    List<Change> last = own.subList(own.size() - 2, own.size());
    List<Entry> told =
        List.of(new Entry.OfFrame(Frame.of(last), List.of(size() + 100, size() + 101)));
    assertCut(second, impostor(roads.good(), "/pull?", told));
    second.device().sync(roads.good(), SyncListener.NONE);
    stage.server.restore(backup);
    for (int i = 0; i < 3; i++) {
      roads.sync(second, roads.good());
    }
    return before;
  }

  @Test
  void placeThatNobodySigned_keepsNothingFromARestoredServer() throws Exception {
    assertThat(restoredWithoutAReport()).isEqualTo(size());
  }

  @Test
  void placeToldAheadOfWhatIsBeforeIt_keepsNothingFromARestoredServer() throws Exception {
    owner.device().sync(roads.good(), SyncListener.NONE);
    second.device().sync(roads.good(), SyncListener.NONE);
    ServerMachine.Backup backup = stage.server.backedUp();
    report();
    second.device().sync(roads.good(), SyncListener.NONE);
    long before = size();
    List<Change> own = DeviceDoor.own(phone.device());
    List<Change> last = own.subList(own.size() - 2, own.size());
    List<Entry> told =
        List.of(
            new Entry.OfFrame(Frame.of(last), List.of(size() + 1, size() + 2)),
            new Entry.Leaves(size(), List.of(ANY)));
    assertCut(second, impostor(roads.good(), "/pull?", told));
    stage.server.restore(backup);
    for (int i = 0; i < 3; i++) {
      roads.sync(second, roads.good());
    }
    assertThat(size()).isEqualTo(before);
  }

  @Test
  void leavesMadeUpBehindTheLast_keepNothingFromARestoredServer() throws Exception {
    Machine later = stage.phones.get(1);
    later.device().sync(roads.good(), SyncListener.NONE);
    owner.device().sync(roads.good(), SyncListener.NONE);
    second.device().sync(roads.good(), SyncListener.NONE);
    ServerMachine.Backup backup = stage.server.backedUp();
    report();
    second.device().sync(roads.good(), SyncListener.NONE);
    second.device().record(NewRecord.of(List.of(new Operation.Note(stage.word()))));
    second.device().sync(roads.good(), SyncListener.NONE);
    long proven = DeviceDoor.next(second.device());
    assertThat(proven).isEqualTo(size());
    later.device().record(NewRecord.of(List.of(new Operation.Note(stage.word()))));
    later.device().sync(roads.good(), SyncListener.NONE);
    second.device().record(NewRecord.of(List.of(new Operation.Note(stage.word()))));
    List<Digest> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(Sha256.of(new byte[] {(byte) i}));
    }
    List<Entry> told = List.of(new Entry.Leaves(proven, many));
    assertCut(second, impostor(roads.good(), "/pull?", told));
    long before = size();
    stage.server.restore(backup);
    for (int i = 0; i < 3; i++) {
      roads.sync(second, roads.good());
      roads.sync(later, roads.good());
    }
    assertThat(size()).isEqualTo(before);
  }

  @Test
  void readingFromTheStartThatIsCut_keepsNoStatementFromARestoredServer() throws Exception {
    owner.device().sync(roads.good(), SyncListener.NONE);
    second.device().sync(roads.good(), SyncListener.NONE);
    ServerMachine.Backup backup = stage.server.backedUp();
    CircleId desk = owner.device().roster().desk().orElseThrow();
    Statement epoch =
        new RosterWriter(owner.device().roster(), stage.chance)
            .epoch(
                desk,
                "desk",
                owner.device().roster().circle(desk).orElseThrow().members(),
                DeviceDoor.key(owner.device()))
            .statement();
    owner.device().addStatement(epoch);
    owner.device().sync(roads.good(), SyncListener.NONE);
    second.device().sync(roads.good(), SyncListener.NONE);
    second.device().sync(roads.good(), SyncListener.NONE);
    assertThat(DeviceDoor.next(second.device())).isEqualTo(size());
    long before = size();
    assertCut(
        second, impostor(roads.good(), "/pull?", List.of(new Entry.Leaves(size(), List.of(ANY)))));
    assertCut(second, impostor(roads.good(), "/pull?from=0&", List.of()));
    assertThat(DeviceDoor.next(second.device())).isZero();
    stage.server.restore(backup);
    for (int i = 0; i < 3; i++) {
      roads.sync(second, roads.good());
    }
    assertThat(size()).isEqualTo(before);
  }
}
