package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Bringer;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.sqlite.SqliteCopy;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a coordinator withdrew who was suspended since is gone: another log takes it without its
 * body as soon as, and only if, his erasure counts there; and on his word drops nothing more.
 */
class SuspendedErasureTest extends FaultyLedger {

  private TestDevice reporter;
  private TestDevice eraser;
  private List<Change> words;
  private Change said;

  @BeforeEach
  void begin() throws Exception {
    create();
    reporter = new TestDevice(space.randomness);
    eraser = new TestDevice(space.randomness);
    take(space.admit(reporter));
    take(space.admit(eraser, Role.COORDINATOR, 1));
    take(
        List.of(
            space.add(
                space
                    .writer()
                    .confirmation(
                        space.roster().device(eraser.id).orElseThrow(), space.owner.key))));
    words = reporter.notes(space.roster(), "one", "two");
    said = words.get(1);
  }

  private Answer push(Statement statement) throws StoreException {
    return answer(new Offer.OfStatement(statement));
  }

  private Answer answer(Offer offer) throws StoreException {
    return ledger.accept(List.of(new Submission(space.id, List.of(offer))), NOW).get(0).get(0);
  }

  private void take(List<Statement> statements) throws StoreException {
    for (Statement statement : statements) {
      assertThat(push(statement)).isInstanceOf(Answer.Placed.class);
    }
  }

  private void suspend(TestDevice device, Change... lastGood) throws StoreException {
    List<LastGood> ids = new ArrayList<>();
    for (Change last : lastGood) {
      ids.add(new LastGood(last.prefix().sequence(), last.id()));
    }
    take(List.of(space.add(space.writer().suspension(device.id, ids, space.owner.key))));
  }

  private static Change last(List<Change> changes) {
    return changes.get(changes.size() - 1);
  }

  private static Answer no(String code) {
    return new Answer.Refused(code);
  }

  /** Without the body that was withdrawn. */
  private static List<Change> bare(List<Change> changes, Change erased) {
    List<Change> bare = new ArrayList<>();
    changes.forEach(
        each -> bare.add(each.id().equals(erased.id()) ? each.withoutCiphertext() : each));
    return bare;
  }

  private List<Change> bareWords() {
    return bare(words, said);
  }

  private Optional<LogEntry.OfChange> logged(Change change) throws StoreException {
    try (LedgerView view = store.view()) {
      return view.change(space.id, change.id());
    }
  }

  private boolean hasBody(Change change) throws StoreException {
    return logged(change).orElseThrow().change().ciphertext().isPresent();
  }

  private boolean isErased(ChangeId change) throws StoreException {
    try (LedgerView view = store.view()) {
      return view.isErased(space.id, change);
    }
  }

  private void isTakenWithoutItsBody() throws StoreException {
    assertThat(hasBody(said)).isFalse();
    assertThat(isErased(said.id())).isTrue();
    assertThat(logged(words.get(2))).isPresent();
  }

  /** What the eraser wrote: before the erasure, it, and after it. */
  private List<Change> erasing() {
    List<Change> feed = new ArrayList<>(eraser.notes(space.roster(), "before"));
    feed.addAll(eraser.erasing(space.roster(), said.id()));
    feed.addAll(eraser.notes(space.roster(), "after"));
    return feed;
  }

  @Test
  void bodyLeftOut_erasureOfASuspendedOneIsLogged_taken() throws Exception {
    List<Change> feed = erasing();
    suspend(eraser, last(feed));
    accept(feed);
    restart();

    assertThat(accept(bareWords())).hasOnlyElementsOfType(Answer.Placed.class);
    isTakenWithoutItsBody();
  }

  @Test
  void bodyLeftOut_erasureComesLater_takenWithTheLastGoodChange() throws Exception {
    List<Change> feed = erasing();
    suspend(eraser, last(feed));

    assertThat(accept(bareWords())).containsExactly(no("change.body-awaited"));
    accept(feed.subList(0, 3));
    assertThat(logged(said)).isEmpty();
    accept(feed.subList(3, feed.size()));
    isTakenWithoutItsBody();
  }

  @Test
  void bodyLeftOut_ofTheSuspendedOnesOwnWords_takenWithTheLastGoodChange() throws Exception {
    List<Change> feed = new ArrayList<>(eraser.notes(space.roster(), "own"));
    Change own = last(feed);
    feed.addAll(eraser.erasing(space.roster(), own.id()));
    feed.addAll(eraser.notes(space.roster(), "after"));
    suspend(eraser, last(feed));

    for (Change each : bare(feed, own)) {
      accept(List.of(each));
    }
    assertThat(hasBody(own)).isFalse();
    assertThat(isErased(own.id())).isTrue();
    assertThat(logged(last(feed))).isPresent();
  }

  /** Several suspensions, each naming another branch's head. */
  @Test
  void bodyLeftOut_twoSuspensions_takenOnceTheErasureLiesWithinBoth() throws Exception {
    List<Change> feed = erasing();
    TestDevice other = new TestDevice(space.randomness);
    take(space.admit(other, Role.COORDINATOR, 1));
    take(
        List.of(
            space.add(
                space
                    .writer()
                    .confirmation(
                        space.roster().device(other.id).orElseThrow(), space.owner.key))));
    Change erasure = feed.get(2);
    suspend(eraser, last(feed));
    take(
        List.of(
            space.add(
                space
                    .writer()
                    .suspension(
                        eraser.id,
                        List.of(new LastGood(erasure.prefix().sequence(), erasure.id())),
                        other.key))));

    accept(bareWords());
    accept(feed.subList(0, 3));
    // Beyond the second suspension; what the first names is never logged.
    assertThat(accept(feed.subList(3, feed.size()))).containsExactly(no("device.suspended"));
    assertThat(accept(bareWords())).containsExactly(no("change.body-awaited"));
  }

  @Test
  void bodyThatComes_erasureOfASuspendedOneIsLogged_isKept() throws Exception {
    List<Change> feed = erasing();
    suspend(eraser, last(feed));
    accept(feed);
    accept(words);

    assertThat(hasBody(said)).isTrue();
    assertThat(isErased(said.id())).isFalse();
  }

  @Test
  void bodyThatIsThere_erasureOfASuspendedOneComes_isKept() throws Exception {
    List<Change> feed = erasing();
    suspend(eraser, last(feed));
    accept(words);
    accept(feed);

    assertThat(hasBody(said)).isTrue();
    assertThat(isErased(said.id())).isFalse();
  }

  /**
   * Who has the key of a device that was cut off can put a branch before its last good change while
   * that is not in the log. It does not count, and nobody's body may be left out for it.
   */
  @Test
  void bodyLeftOut_erasureThatDoesNotCount_notTaken() throws Exception {
    List<Change> good = eraser.notes(space.roster(), "one", "two", "three", "four");
    TestDevice thief = eraser;
    List<Change> start = good.subList(0, 2);
    thief.restoreTo(space.id, start);
    List<Change> branch = thief.erasing(space.roster(), said.id());
    suspend(eraser, last(good));
    accept(start);
    List<Change> early = new ArrayList<>();
    branch.forEach(early::add);
    assertThat(accept(early.subList(0, 1)).get(0)).isInstanceOf(Answer.Placed.class);
    accept(early.subList(1, early.size()));
    accept(good.subList(2, good.size()));
    assertThat(logged(last(branch))).isPresent();
    assertThat(logged(last(good))).isPresent();

    assertThat(accept(bareWords())).containsExactly(no("change.body-awaited"));
    assertThat(accept(words)).hasOnlyElementsOfType(Answer.Placed.class);
    assertThat(hasBody(said)).isTrue();
  }

  @Test
  void bodyLeftOut_erasureToFewerCircles_notTaken() throws Exception {
    List<Change> wide =
        reporter.notes(space.roster(), List.of(space.roster().desk().orElseThrow()), "to the desk");
    Change session = wide.get(0);
    List<Change> feed = new ArrayList<>(eraser.erasing(space.roster(), session.id()));
    suspend(eraser, last(feed));
    accept(feed);
    // A session statement says nothing that could be withdrawn; it comes as it is.
    assertThat(accept(wide).get(0)).isEqualTo(no("feed.gap"));
    assertThat(isErased(session.id())).isFalse();
  }

  @Test
  void bodyLeftOut_eraserCutOffWithoutAList_notTaken() throws Exception {
    List<Change> feed = erasing();
    accept(feed.subList(0, 1));
    take(List.of(space.add(space.writer().suspension(eraser.id, null, space.owner.key))));

    assertThat(accept(feed.subList(1, feed.size()))).containsExactly(no("device.suspended"));
    assertThat(accept(bareWords())).containsExactly(no("change.body-awaited"));
  }

  @Test
  void bodyLeftOut_erasureReleasedByItself_taken() throws Exception {
    List<Change> feed = erasing();
    suspend(eraser, feed.get(0));
    take(
        List.of(
            space.add(
                space
                    .writer()
                    .release(eraser.id, List.of(), List.of(feed.get(2).id()), space.owner.key))));
    accept(feed.subList(0, 1));
    Submission byOwner =
        new Submission(
            space.id,
            submission(feed.subList(1, 3)).offers(),
            new Bringer(Bringer.Standing.COORDINATOR, false));
    assertThat(ledger.accept(List.of(byOwner), NOW).get(0))
        .hasOnlyElementsOfType(Answer.Placed.class);

    assertThat(accept(bareWords())).hasOnlyElementsOfType(Answer.Placed.class);
    isTakenWithoutItsBody();
  }

  /** Whatever comes first, and however it is cut: what does not fit yet is handed in again. */
  @Test
  void everything_inEveryOrderOfArrival_isLoggedInTheEnd() throws Exception {
    List<Change> feed = new ArrayList<>(eraser.notes(space.roster(), "own"));
    Change own = last(feed);
    feed.addAll(eraser.erasing(space.roster(), own.id()));
    feed.addAll(eraser.erasing(space.roster(), said.id()));
    feed.addAll(eraser.notes(space.roster(), "after"));
    Statement suspension =
        space.add(
            space
                .writer()
                .suspension(
                    eraser.id,
                    List.of(new LastGood(last(feed).prefix().sequence(), last(feed).id())),
                    space.owner.key));
    Path empty = directory.resolve("empty.sqlite");
    SqliteCopy.write(directory.resolve("ledger.sqlite"), empty);
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Path file = directory.resolve("order-" + seed + ".sqlite");
      SqliteCopy.write(empty, file);
      restart(file);
      List<Offer> offers = new ArrayList<>();
      offers.add(new Offer.OfStatement(suspension));
      for (List<Change> some : List.of(bareWords(), bare(feed, own))) {
        for (int from = 0; from < some.size(); ) {
          int to = from + 1 + random.nextInt(some.size() - from);
          offers.add(submission(some.subList(from, to)).offers().get(0));
          from = to;
        }
      }
      int refused = 1;
      for (int round = 0; refused > 0; round++) {
        assertThat(round).as("seed " + seed).isLessThan(12);
        Collections.shuffle(offers, random);
        refused = 0;
        for (Offer offer : offers) {
          refused += answer(offer) instanceof Answer.Placed ? 0 : 1;
        }
      }
      isTakenWithoutItsBody();
      assertThat(logged(last(feed))).as("seed " + seed).isPresent();
    }
  }

  /** Taken all at once, before anything said why; a restored server takes it again the same way. */
  @Test
  void restoredServer_handedInWhatWasTakenSo_isTheLogThatWas() throws Exception {
    Path backup = directory.resolve("backup.sqlite");
    List<Change> whole = new ArrayList<>(eraser.notes(space.roster(), "own"));
    Change own = last(whole);
    // More than a refilled log is put together of at once.
    for (int i = 0; i < 300; i++) {
      whole.addAll(eraser.notes(space.roster(), "note"));
    }
    whole.addAll(eraser.erasing(space.roster(), own.id()));
    whole.addAll(erasing());
    List<Change> feed = bare(whole, own);
    suspend(eraser, last(feed));
    SqliteCopy.write(directory.resolve("ledger.sqlite"), backup);
    accept(bareWords());
    for (int from = 0; from < feed.size(); from += 16) {
      accept(feed.subList(from, Math.min(feed.size(), from + 16)));
    }
    isTakenWithoutItsBody();
    try (SqliteLedgerStore lostStore = SqliteLedgerStore.open(directory.resolve("ledger.sqlite"))) {
      LostLog lost = new LostLog(lostStore, space.id, space.log);
      try (SqliteLedgerStore restored = SqliteLedgerStore.open(backup)) {
        Refills.begin(restored);
      }
      restart(backup);
      long size = ledger.snapshot(space.id).orElseThrow().head().size();
      ledger
          .refills()
          .take(space.id, lost.offers(lost.leaves(size, (int) (lost.head.size() - size))));
      ledger.refills().take(space.id, lost.offers(lost.entries(size)));

      assertThat(ledger.snapshot(space.id).orElseThrow().head()).isEqualTo(lost.head);
    }
    isTakenWithoutItsBody();
    assertThat(isErased(own.id())).isTrue();
  }
}
