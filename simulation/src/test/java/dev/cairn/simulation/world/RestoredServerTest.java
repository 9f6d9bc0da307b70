package dev.cairn.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disk;
import dev.cairn.simulation.disk.DiskPlan;
import dev.cairn.simulation.server.ServerMachine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scenes with a server that was put back from a backup, played step by step. */
final class RestoredServerTest extends ServerScene {

  private LogHead head() {
    return stage.server.ledger().snapshot(stage.space()).orElseThrow().head();
  }

  private void everybodyRefills() {
    for (Machine machine : stage.people()) {
      roads.sync(machine, roads.good());
    }
  }

  private void nobodyAccuses() throws CairnException {
    for (Machine machine : stage.people()) {
      assertThat(machine.device().serverLied()).isFalse();
    }
  }

  @Test
  void refilledServer_signsOnUnderItsOldKey() throws CairnException {
    ServerMachine.Backup backup = stage.server.backedUp();
    RecordId record = report();
    owner.desk().sync(roads.good(), SyncListener.NONE);
    LogHead before = head();
    stage.server.restore(backup);
    assertThatThrownBy(() -> phone.device().sync(roads.good(), SyncListener.NONE))
        .isInstanceOf(RefusedException.class)
        .extracting(refused -> ((CairnException) refused).code())
        .isEqualTo("log.refilling");
    everybodyRefills();
    assertThat(head()).isEqualTo(before);
    stage.server.ledger().refills().resume(stage.space());
    everybodyRefills();
    assertThat(state(record)).isIn(ReportState.RECEIVED, ReportState.CONFIRMED);
    assertThat(head().generation()).isZero();
    nobodyAccuses();
  }

  @Test
  void generationOpenedAtOnce_getsWhatTheServerLost() throws CairnException {
    ServerMachine.Backup backup = stage.server.backedUp();
    RecordId record = report();
    stage.server.restore(backup);
    long lacking = head().size();
    owner.device().openGeneration(roads.good(), SyncListener.NONE);
    assertThat(head().generation()).isEqualTo(1);
    everybodyRefills();
    everybodyRefills();
    assertThat(head().size()).isGreaterThan(lacking + 2);
    assertThat(state(record)).isIn(ReportState.RECEIVED, ReportState.CONFIRMED);
    nobodyAccuses();
  }

  /** What it was told is received the new log has never been handed, and nobody else holds it. */
  @Test
  void phoneWithoutANetwork_hearsByStickThatTheLogWasOpenedAnew() throws CairnException {
    ServerMachine.Backup backup = stage.server.backedUp();
    RecordId lost = report();
    stage.server.restore(backup);
    owner.device().openGeneration(roads.good(), SyncListener.NONE);
    RecordId written =
        phone.device().record(NewRecord.of(List.of(new Operation.Note(stage.word()))));
    Couriers couriers = new Couriers(stage, new Attempt(stage), roads);
    for (int i = 0; i < 3; i++) {
      couriers.hand(phone, owner);
      owner.device().sync(roads.good(), SyncListener.NONE);
      couriers.hand(owner, phone);
    }
    assertThat(phone.device().state().pending()).isZero();
    for (RecordId record : List.of(lost, written)) {
      assertThat(state(record)).isIn(ReportState.RECEIVED, ReportState.CONFIRMED);
    }
    nobodyAccuses();
  }

  @Test
  void ownerWhoLostAGeneration_isToldOfItByTheServerThatLostItToo() throws CairnException {
    ServerMachine.Backup backup = stage.server.backedUp();
    Disk.Copy image = owner.disk().image();
    owner.device().openGeneration(roads.good(), SyncListener.NONE);
    report();
    stage.server.restore(backup);
    owner.close();
    owner.disk().restore(image);
    roads.sync(phone, roads.good());
    assertThat(owner.device().openGeneration(roads.good(), SyncListener.NONE)).isEqualTo(2);
    everybodyRefills();
    assertThat(head().generation()).isEqualTo(2);
    nobodyAccuses();
  }

  /** The server carries a generation out, the phone follows it, and the server is put back. */
  private Restoring lostGeneration() throws CairnException {
    Restoring restoring = new Restoring(stage, roads, true);
    restoring.backUp();
    owner.device().openGeneration(roads.good(), SyncListener.NONE);
    phone.device().sync(roads.good(), SyncListener.NONE);
    restoring.restore();
    return restoring;
  }

  @Test
  void ownerWhoLostTheGenerationAsWell_waitsUntilTheServerWasToldOfIt() throws CairnException {
    Disk.Copy image = owner.disk().image();
    Restoring restoring = lostGeneration();
    owner.close();
    owner.disk().restore(image);
    stage.auditor.restored(owner.id());
    restoring.openUnasked(true);
    assertThat(head().generation()).isZero();
    everybodyRefills();
    restoring.end(true);
    assertThat(head().generation()).isEqualTo(2);
    everybodyRefills();
    nobodyAccuses();
  }

  @Test
  void ownerWhoKnowsOfTheGenerationThatTheServerLost_opensTheNextAtOnce() throws CairnException {
    Restoring restoring = lostGeneration();
    stage.auditor.restored(owner.id());
    restoring.openUnasked(true);
    assertThat(head().generation()).isEqualTo(2);
    everybodyRefills();
    nobodyAccuses();
  }

  @Test
  void generationWhoseAnswerWasCut_isNotOpenedAgainByAServerThatLostIt() throws CairnException {
    ServerMachine.Backup backup = stage.server.backedUp();
    report();
    stage.server.restore(backup);
    assertThatThrownBy(
            () -> owner.device().openGeneration(cutAfterAPush(roads.good()), SyncListener.NONE))
        .isInstanceOf(TransportException.class);
    assertThat(head().generation()).isEqualTo(1);
    phone.device().sync(roads.good(), SyncListener.NONE);
    stage.server.restore(backup);
    assertThat(owner.device().openGeneration(roads.good(), SyncListener.NONE)).isEqualTo(2);
    everybodyRefills();
    assertThat(head().generation()).isEqualTo(2);
    nobodyAccuses();
  }

  @Test
  void generationsThatNobodyCarriedOut_areNotFollowedByTheirOwner() throws CairnException {
    ServerMachine.Backup backup = stage.server.backedUp();
    report();
    owner.desk().sync(roads.good(), SyncListener.NONE);
    for (int i = 0; i < 2; i++) {
      stage.server.restore(backup);
      assertCut(cutAtAPush(roads.good()));
    }
    everybodyRefills();
    stage.server.ledger().refills().resume(stage.space());
    RecordId later = report();
    assertThat(owner.desk().sync(roads.good(), SyncListener.NONE).remaining()).isZero();
    assertThat(head().generation()).isZero();
    everybodyRefills();
    assertThat(state(later)).isEqualTo(ReportState.CONFIRMED);
    assertThat(owner.device().openGeneration(roads.good(), SyncListener.NONE)).isEqualTo(1);
    everybodyRefills();
    nobodyAccuses();
  }

  /** What another gave him by hand, who never syncs, is not let go for a moment's refusal. */
  @Test
  void statementThatCameByHand_refusedForAMoment_isLoggedLater() throws Exception {
    givenByHandThatThePhoneIsCutOff();
    owner.device().rekey(owner.device().roster().desk().orElseThrow());
    stage.server.plan().atNextCommit(DiskPlan.Fate.FULL);
    owner.device().sync(roads.good(), SyncListener.NONE);
    SyncResult synced = owner.device().sync(roads.good(), SyncListener.NONE);
    assertThat(synced.refused()).isEmpty();
    assertThat(synced.remaining()).isZero();
    assertThatTheServerKnowsThatThePhoneIsCutOff();
  }

  private void givenByHandThatThePhoneIsCutOff() throws Exception {
    Machine second = stage.desks.get(1);
    roads.sync(second, roads.good());
    second.device().suspend(phone.id());
    ByteArrayOutputStream stick = new ByteArrayOutputStream();
    second.device().exportBundle(stick, Long.MAX_VALUE);
    owner.device().importBundle(new ByteArrayInputStream(stick.toByteArray()));
    assertThat(owner.device().roster().isSuspended(phone.id())).isTrue();
  }

  private void assertThatTheServerKnowsThatThePhoneIsCutOff() {
    assertThat(stage.server.ledger().snapshot(stage.space()).orElseThrow().roster())
        .matches(roster -> roster.isSuspended(phone.id()));
  }

  @Test
  void statementThatCameByHand_refusedForAMomentByANewLog_isLoggedLater() throws Exception {
    givenByHandThatThePhoneIsCutOff();
    owner.device().openGeneration(roads.good(), SyncListener.NONE);
    stage.server.plan().atNextCommit(DiskPlan.Fate.FULL);
    assertThatThrownBy(() -> owner.device().sync(roads.good(), SyncListener.NONE))
        .isInstanceOf(RefusedException.class)
        .extracting(refused -> ((CairnException) refused).code())
        .isEqualTo("store.full");
    owner.device().sync(roads.good(), SyncListener.NONE);
    assertThatTheServerKnowsThatThePhoneIsCutOff();
  }

  /** The first that was signed came to the server, the second did not: it only heard of it. */
  @Test
  void generationThatAServerOnlyHeardOf_isNotFollowedByItsOwner() throws CairnException {
    ServerMachine.Backup backup = stage.server.backedUp();
    report();
    owner.desk().sync(roads.good(), SyncListener.NONE);
    stage.server.restore(backup);
    assertCut(cutAtAPush(roads.good()));
    stage.server.restore(backup);
    assertCut(cutInAPush(roads.good()));
    assertCut(cutAtAPush(roads.good()));
    everybodyRefills();
    stage.server.ledger().refills().resume(stage.space());
    assertThat(owner.desk().sync(roads.good(), SyncListener.NONE).remaining()).isZero();
    assertThat(head().generation()).isZero();
    assertThat(owner.device().openGeneration(roads.good(), SyncListener.NONE)).isPositive();
    everybodyRefills();
    nobodyAccuses();
  }

  private void assertCut(Transport link) {
    assertThatThrownBy(() -> owner.device().openGeneration(link, SyncListener.NONE))
        .isInstanceOf(TransportException.class);
  }

  @Test
  void generationWhoseAnswerWasCut_isOpenedOnceByAServerThatLostNothing() throws CairnException {
    assertThatThrownBy(
            () -> owner.device().openGeneration(cutAfterAPush(roads.good()), SyncListener.NONE))
        .isInstanceOf(TransportException.class);
    everybodyRefills();
    assertThat(head().generation()).isEqualTo(1);
    assertThat(owner.device().openGeneration(roads.good(), SyncListener.NONE)).isEqualTo(2);
    nobodyAccuses();
  }

  @Test
  void newcomerToALogOpenedAnew_whoIsRefusedForAMoment_hearsWhyAndComesInLater()
      throws CairnException {
    owner.device().openGeneration(roads.good(), SyncListener.NONE);
    new Casting(stage, new Attempt(stage), roads).reporter(owner, true);
    Machine newcomer = stage.phones.get(stage.phones.size() - 1);
    stage.server.plan().atNextCommit(DiskPlan.Fate.FULL);
    assertThatThrownBy(() -> newcomer.device().sync(roads.good(), SyncListener.NONE))
        .isInstanceOf(RefusedException.class)
        .extracting(refused -> ((CairnException) refused).code())
        .isEqualTo("store.full");
    newcomer.device().sync(roads.good(), SyncListener.NONE);
    assertThat(newcomer.device().state().pending()).isZero();
  }

  /**
   * In a generation that the backup does not know, so that it cannot be refilled; the erasure is
   * further behind what it withdraws than a frame reaches.
   */
  private RecordId withdrawnOwnWords() throws CairnException {
    owner.device().openGeneration(roads.good(), SyncListener.NONE);
    List<Operation> words = List.of(new Operation.Note(stage.word()));
    RecordId record = owner.device().record(NewRecord.of(words));
    ChangeId said = owner.device().show(record).changeIds().get(0);
    for (int i = 0; i < 2 * Limits.FRAME_ITEMS_MAX; i++) {
      owner.device().record(NewRecord.of(words));
    }
    owner.device().sync(roads.good(), SyncListener.NONE);
    Operation account = new Operation.Erase(said, owner.id(), true, List.of(), List.of(), "asked");
    owner
        .device()
        .write(
            WriteRequest.to(record, RecordKind.INCIDENT.code(), List.of(said), List.of(account))
                .erasing(said));
    return record;
  }

  private void comesBack(ServerMachine.Backup backup) throws CairnException {
    stage.server.restore(backup);
    owner.device().openGeneration(roads.good(), SyncListener.NONE);
    SyncResult synced = owner.device().sync(roads.good(), SyncListener.NONE);
    assertThat(synced.refused()).isEmpty();
    assertThat(synced.remaining()).isZero();
    everybodyRefills();
    nobodyAccuses();
  }

  @Test
  void ownWordsThatTheirAuthorWithdrew_comeBackToALogThatLostThemAndTheErasure() throws Exception {
    ServerMachine.Backup backup = stage.server.backedUp();
    withdrawnOwnWords();
    owner.device().sync(roads.good(), SyncListener.NONE);
    comesBack(backup);
  }

  @Test
  void ownWordsWhoseErasureWasNotSentYet_comeBackToALogThatLostThem() throws Exception {
    ServerMachine.Backup backup = stage.server.backedUp();
    withdrawnOwnWords();
    comesBack(backup);
  }

  /** Over which nothing can be asked any more once something was pushed. */
  private static Transport cutAfterAPush(Transport whole) {
    return cut(whole, true);
  }

  /** Over which nothing is pushed. */
  private static Transport cutAtAPush(Transport whole) {
    return cut(whole, false);
  }

  /** Over which one entry of a push arrives. */
  private static Transport cutInAPush(Transport whole) {
    return new Transport() {
      @Override
      public Exchange open(Request request) throws TransportException {
        Exchange exchange = whole.open(request);
        return request.target().contains("/push") ? new CutAfterOne(exchange) : exchange;
      }

      @Override
      public Traffic traffic() {
        return whole.traffic();
      }

      @Override
      public void close() {
        whole.close();
      }
    };
  }

  /** Carries one piece, and no more. */
  private record CutAfterOne(Exchange whole, AtomicInteger sent) implements Exchange {
    CutAfterOne(Exchange whole) {
      this(whole, new AtomicInteger());
    }

    @Override
    public boolean duplex() {
      return whole.duplex();
    }

    @Override
    public void send(byte[] piece) throws TransportException {
      if (sent.getAndIncrement() > 0) {
        whole.finish();
        byte[] answer = whole.receive();
        while (answer != null) {
          answer = whole.receive(); // What arrived is judged, and nobody hears how.
        }
        throw new TransportException(
            TransportException.Reason.UNREACHABLE, "cut", new IOException("cut"));
      }
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
    public byte @Nullable [] receive() throws TransportException {
      return whole.receive();
    }

    @Override
    public void close() {
      whole.close();
    }
  }

  private static Transport cut(Transport whole, boolean pushArrives) {
    return new Transport() {
      private boolean pushed;

      @Override
      public Exchange open(Request request) throws TransportException {
        boolean isPush = request.target().contains("/push");
        if (pushed || (isPush && !pushArrives)) {
          throw new TransportException(
              TransportException.Reason.UNREACHABLE, "cut", new IOException("cut"));
        }
        pushed = isPush;
        return whole.open(request);
      }

      @Override
      public Traffic traffic() {
        return whole.traffic();
      }

      @Override
      public void close() {
        whole.close();
      }
    };
  }
}
