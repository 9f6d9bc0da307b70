package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.RefillOffer;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.sqlite.SqliteCopy;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log is opened anew by an owner's word and by nobody else's, whole or not at all. */
class GenerationTest extends FaultyLedger {

  private int logs;

  @BeforeEach
  void begin() throws Exception {
    create();
    accept(space.owner.notes(space.roster(), "one", "two"));
  }

  private SpaceSnapshot snapshot() {
    return ledger.snapshot(space.id).orElseThrow();
  }

  private LogKey waiting() throws Exception {
    ledger.refills().prepare(space.id, () -> new LogOrigin("test/next-" + ++logs));
    return ledger.refills().account(space.id, space.owner.id).waiting().orElseThrow();
  }

  private Generation next(LogKey log) {
    Checkpoint now = snapshot().checkpoint().checkpoint();
    long generation = snapshot().head().generation();
    return new Generation(generation + 1, log, generation, now.size(), now.root());
  }

  private Statement by(TestDevice signer, Generation generation) {
    return space.writer().sign(generation, signer.key);
  }

  private Answer push(Statement statement) throws StoreException {
    Submission one = new Submission(space.id, List.of(new Offer.OfStatement(statement)));
    return ledger.accept(List.of(one), NOW).get(0).get(0);
  }

  private static Answer no(String code) {
    return new Answer.Refused(code);
  }

  @Test
  void owners_opensTheLogThatWaits_withEverything() throws Exception {
    LogHead before = snapshot().head();
    Statement opening = by(space.owner, next(waiting()));

    assertThat(push(opening)).isEqualTo(new Answer.Placed(List.of(before.size())));
    restart();

    LogHead after = snapshot().head();
    assertThat(after.generation()).isEqualTo(1);
    assertThat(after.size()).isEqualTo(before.size() + 1);
    assertThat(after.origin()).isNotEqualTo(before.origin());
    assertThat(snapshot().checkpoint().checkpoint().origin()).isEqualTo(after.origin());
    try (LedgerView view = store.view()) {
      assertThat(view.leaves(space.id, 1, 0, (int) before.size()))
          .isEqualTo(view.leaves(space.id, 0, 0, (int) before.size()));
      assertThat(view.ended(space.id, 0)).contains(before);
      assertThat(view.checkpoint(space.id, 0, before.size())).isPresent();
    }
  }

  @Test
  void logThatEnded_isNeverSignedAgain() throws Exception {
    LogOrigin ended = snapshot().head().origin();
    push(by(space.owner, next(waiting())));
    signed.clear();
    accept(space.owner.notes(space.roster(), "three"));

    assertThat(signed).hasSize(1).noneMatch(each -> each.origin().equals(ended));
  }

  @Test
  void logThatGrewMeanwhile_isOpenedAllTheSame() throws Exception {
    Statement opening = by(space.owner, next(waiting()));
    accept(space.owner.notes(space.roster(), "three"));

    assertThat(push(opening)).isInstanceOf(Answer.Placed.class);
  }

  @Test
  void secondOwnersStatement_forTheSameLog_isLoggedAndDoesNothing() throws Exception {
    Generation next = next(waiting());
    push(by(space.owner, next));
    LogHead after = snapshot().head();

    assertThat(push(by(space.owner, next))).isInstanceOf(Answer.Placed.class);
    assertThat(snapshot().head().generation()).isEqualTo(after.generation());
  }

  @Test
  void secondOwnersStatement_forAnotherLog_isRefused() throws Exception {
    push(by(space.owner, next(waiting())));
    Digest root = Digest.of(new byte[Digest.SIZE_BYTES]);
    LogKey other = signer.logKey(new LogOrigin("test/other"));

    assertThat(push(by(space.owner, new Generation(1, other, 0, 0, root))))
        .isEqualTo(no("generation.other"));
  }

  @Test
  void coordinators_isRefused() throws Exception {
    TestDevice coordinator = new TestDevice(space.randomness);
    for (Statement statement : space.admit(coordinator, Role.COORDINATOR, 1)) {
      push(statement);
    }
    push(
        space.add(
            space
                .writer()
                .confirmation(
                    space.roster().device(coordinator.id).orElseThrow(), space.owner.key)));

    assertThat(push(by(coordinator, next(waiting())))).isEqualTo(no("statement.no-authority"));
    assertThat(snapshot().head().generation()).isZero();
  }

  @Test
  void logThatDoesNotWait_isRefused() throws Exception {
    waiting();
    LogKey other = signer.logKey(new LogOrigin("test/other"));

    assertThat(push(by(space.owner, next(other)))).isEqualTo(no("generation.other"));
  }

  @Test
  void endOfAnotherLog_isRefused() throws Exception {
    Generation next = next(waiting());
    Digest root = Digest.of(new byte[Digest.SIZE_BYTES]);
    Generation other = new Generation(1, next.log(), 0, next.previousSize(), root);

    assertThat(push(by(space.owner, other))).isEqualTo(no("generation.other"));
    Generation longer =
        new Generation(1, next.log(), 0, next.previousSize() + 1, next.previousRoot());
    assertThat(push(by(space.owner, longer))).isEqualTo(no("generation.other"));
  }

  @Test
  void waitingLog_isToldToOwnersOnly() throws Exception {
    waiting();

    LogAccount account =
        ledger
            .refills()
            .account(
                space.id,
                DeviceId.of(SigningKey.generate(space.randomness).verifyingKey().bytes()));
    assertThat(account.waiting()).isEmpty();
  }

  @Test
  void waitingLog_isTheSameForWhoeverAsks() throws Exception {
    LogKey first = waiting();
    restart();

    assertThat(waiting()).isEqualTo(first);
  }

  @Test
  void opening_stoppedAtEveryWrite_isDoneWholeOrNotAtAll() throws Exception {
    Statement opening = by(space.owner, next(waiting()));
    long size = snapshot().head().size();
    int stops = 0;
    for (boolean through = false; !through; ) {
      store.failAfter(stops);
      try {
        push(opening);
        through = true;
      } catch (StoreException.Full e) {
        stops++;
        restart();
        assertThat(snapshot().head().generation()).isZero();
        assertThat(snapshot().head().size()).isEqualTo(size);
      }
      assertThat(stops).isLessThan(50);
    }
    assertThat(stops).isGreaterThan(3);
    restart();
    assertThat(snapshot().head().generation()).isEqualTo(1);
  }

  @Test
  void restoredServer_opensAGeneration_withWhatWasHandedIn() throws Exception {
    Path backup = directory.resolve("backup.sqlite");
    SqliteCopy.write(directory.resolve("ledger.sqlite"), backup);
    accept(space.owner.notes(space.roster(), "three"));
    accept(space.owner.notes(space.roster(), "lost"));
    accept(space.owner.notes(space.roster(), "four"));
    long size = snapshot().head().size();
    try (SqliteLedgerStore lostStore = SqliteLedgerStore.open(directory.resolve("ledger.sqlite"))) {
      LostLog lost = new LostLog(lostStore, space.id, space.log);
      restored(backup);
      handIn(lost, lost.leaves(size - 3, 1));
      handIn(lost, lost.entries(size - 3).subList(0, 1));
    }
    Statement opening = by(space.owner, next(waiting()));

    assertThat(push(opening)).isEqualTo(no("log.generation"));
    restart(backup);
    assertThat(snapshot().head().generation()).isEqualTo(1);
    assertThat(snapshot().isRefilling()).isFalse();
    // What was there, what was handed in, and the statement.
    assertThat(snapshot().head().size()).isEqualTo(size - 3 + 2);
  }

  private void restored(Path backup) throws Exception {
    try (SqliteLedgerStore store = SqliteLedgerStore.open(backup)) {
      Refills.begin(store);
    }
    restart(backup);
  }

  private void handIn(LostLog lost, List<Entry> entries) throws Exception {
    ledger.refills().take(space.id, lost.offers(entries));
  }

  @Test
  void restoredServer_fromBeforeAGeneration_opensTheOneAfterIt() throws Exception {
    Path backup = directory.resolve("backup.sqlite");
    SqliteCopy.write(directory.resolve("ledger.sqlite"), backup);
    Statement first = space.add(by(space.owner, next(waiting())));
    push(first);
    restored(backup);

    assertThat(push(first)).isEqualTo(no("log.refilling"));
    LogAccount account = ledger.refills().account(space.id, space.owner.id);
    assertThat(account.statements()).contains(Encoded.of(first.encode()));
    Generation second = new Generation(2, waiting(), 1, 0, Digest.of(new byte[Digest.SIZE_BYTES]));
    assertThat(push(by(space.owner, second))).isEqualTo(no("log.generation"));

    assertThat(snapshot().head().generation()).isEqualTo(2);
    assertThat(snapshot().positions()).containsKey(first.id());
    assertThat(snapshot().roster().logs().lastKey()).isEqualTo(2);
  }

  @Test
  void restoredServer_keepsStatementsOfLostGenerations_upToItsLimit() throws Exception {
    Path backup = directory.resolve("backup.sqlite");
    SqliteCopy.write(directory.resolve("ledger.sqlite"), backup);
    restored(backup);
    for (int i = 0; i <= ServerLimits.REFILL_GENERATIONS_MAX; i++) {
      LogKey lostLog = signer.logKey(new LogOrigin("test/lost-" + i));
      boolean fits = i < ServerLimits.REFILL_GENERATIONS_MAX;
      assertThat(push(by(space.owner, next(lostLog))))
          .isEqualTo(no(fits ? "log.refilling" : "quota.space"));
    }
  }

  @Test
  void handedIn_toAServerThatWasNotRestored_doesNothing() throws Exception {
    RefillOffer shown = new RefillOffer.Shown(snapshot().checkpoint());
    ledger.refills().take(space.id, List.of(shown));

    assertThat(ledger.refills().account(space.id, space.owner.id).refill()).isEmpty();
  }
}
