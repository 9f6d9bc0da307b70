package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Bringer;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.RefillOffer;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.sqlite.SqliteCopy;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restored server goes back to the log that it signed, by what members hand in, and no other. */
class RefillTest extends FaultyLedger {

  private static final Answer LATER = new Answer.Refused("log.refilling");

  private TestDevice reporter;
  private Path backup;
  private SqliteLedgerStore lostStore;
  private LostLog lost;
  private List<Change> before;
  private Change erased;
  private long restoredSize;

  @BeforeEach
  void loseWhatCameAfterABackup() throws Exception {
    create();
    before = space.owner.notes(space.roster(), "before");
    accept(before);
    restoredSize = snapshot().head().size();
    backup = directory.resolve("backup.sqlite");
    SqliteCopy.write(directory.resolve("ledger.sqlite"), backup);
    reporter = new TestDevice(space.randomness);
    space.admit(reporter).forEach(statement -> assertPlaced(new Offer.OfStatement(statement)));
    letInOneTooMany();
    takeOneAlone();
    accept(space.owner.notes(space.roster(), "one", "two", "three"));
    List<Change> notes = reporter.notes(space.roster(), "mistake", "four");
    erased = notes.get(1);
    accept(notes);
    accept(space.owner.erasing(space.roster(), erased.id()));
    accept(reporter.notes(space.roster(), "five"));
    lostStore = SqliteLedgerStore.open(directory.resolve("ledger.sqlite"));
    lost = new LostLog(lostStore, space.id, space.log);
    try (SqliteLedgerStore restored = SqliteLedgerStore.open(backup)) {
      Refills.begin(restored);
    }
    restart(backup);
    signed.clear();
  }

  @AfterEach
  void closeLost() {
    lostStore.close();
  }

  /** Two under an invitation for one, as a coordinator may: what the log took it takes again. */
  private void letInOneTooMany() throws Exception {
    SigningKey oneTime = SigningKey.generate(space.randomness);
    Statement invitation =
        space.add(space.invite(oneTime, Role.REPORTER, 1, TestSpace.LATER_SECONDS));
    List<Offer> offers = new ArrayList<>();
    offers.add(new Offer.OfStatement(invitation));
    for (int i = 0; i < 2; i++) {
      TestDevice device = new TestDevice(space.randomness);
      offers.add(new Offer.OfStatement(space.add(space.admission(invitation, oneTime, device))));
    }
    assertThat(
            ledger
                .accept(
                    List.of(
                        new Submission(
                            space.id, offers, new Bringer(Bringer.Standing.COORDINATOR, false))),
                    NOW)
                .get(0))
        .hasOnlyElementsOfType(Answer.Placed.class);
  }

  /** Without what its signer had seen, as from who is in: the log takes that again too. */
  private void takeOneAlone() throws Exception {
    SigningKey oneTime = SigningKey.generate(space.randomness);
    // Nobody hands in the first, which the second names as seen.
    space.add(space.invite(oneTime, Role.REPORTER, 1, TestSpace.LATER_SECONDS));
    Statement alone = space.add(space.invite(oneTime, Role.REPORTER, 1, TestSpace.LATER_SECONDS));
    List<Offer> offers = List.of(new Offer.OfStatement(alone));
    assertThat(
            ledger
                .accept(
                    List.of(
                        new Submission(
                            space.id, offers, new Bringer(Bringer.Standing.MEMBER, true))),
                    NOW)
                .get(0))
        .hasOnlyElementsOfType(Answer.Placed.class);
  }

  private SpaceSnapshot snapshot() {
    return ledger.snapshot(space.id).orElseThrow();
  }

  private void assertPlaced(Offer offer) {
    try {
      assertThat(answer(offer)).isInstanceOf(Answer.Placed.class);
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer answer(Offer offer) throws StoreException {
    return ledger.accept(List.of(new Submission(space.id, List.of(offer))), NOW).get(0).get(0);
  }

  private LogAccount.Refill state() throws Exception {
    return ledger.refills().account(space.id, space.owner.id).refill().orElseThrow();
  }

  private void handIn(List<Entry> entries) throws Exception {
    ledger.refills().take(space.id, lost.offers(entries));
  }

  private List<Entry> leaves() throws Exception {
    return lost.leaves(restoredSize, (int) (lost.head.size() - restoredSize));
  }

  private Digest root() {
    return snapshot().checkpoint().checkpoint().root();
  }

  private void assertWhole() throws Exception {
    assertThat(snapshot().head()).isEqualTo(lost.head);
    assertThat(root()).isEqualTo(lost.checkpoint.checkpoint().root());
    assertThat(state().isWhole()).isTrue();
    assertThat(signed).isEmpty();
    try (LedgerView view = store.view()) {
      assertThat(view.isErased(space.id, erased.id())).isTrue();
      assertThat(view.change(space.id, erased.id()).orElseThrow().change().ciphertext()).isEmpty();
    }
  }

  @Test
  void push_ofSomethingNew_hasToWait() throws Exception {
    Change note = space.owner.notes(space.roster(), "new").get(0);

    assertThat(accept(List.of(note))).containsExactly(LATER);
    assertThat(snapshot().head().size()).isEqualTo(restoredSize);
    assertThat(signed).isEmpty();
  }

  @Test
  void push_ofWhatIsThere_isAnsweredAsEver() throws Exception {
    Offer genesis = new Offer.OfStatement(space.founding.statements().get(0));

    assertThat(answer(genesis)).isEqualTo(new Answer.Placed(List.of(0L)));
  }

  @Test
  void checkpointShown_saysHowMuchIsMissing() throws Exception {
    handIn(List.of(lost.shown()));

    assertThat(state().shown()).isEqualTo(lost.head.size());
    assertThat(state().leaves())
        .containsExactly(new LogAccount.Run(restoredSize, lost.head.size() - restoredSize));
  }

  @Test
  void everythingHandedIn_isTheLogThatWas() throws Exception {
    handIn(leaves());
    handIn(lost.entries(restoredSize));

    assertWhole();
  }

  @Test
  void handedIn_inAnyOrderAndPieces_isTheLogThatWas() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      Path copy = directory.resolve("seed" + seed + ".sqlite");
      SqliteCopy.write(backup, copy);
      restart(copy);
      Random random = new Random(seed);
      List<List<Entry>> pieces = pieces(random);
      int rounds = 0;
      while (snapshot().head().size() < lost.head.size()) {
        Collections.shuffle(pieces, random);
        for (List<Entry> piece : pieces) {
          handIn(piece);
          restart(copy);
        }
        assertThat(++rounds).isLessThan(3);
      }
      assertWhole();
    }
  }

  private List<List<Entry>> pieces(Random random) throws Exception {
    List<List<Entry>> pieces = new ArrayList<>();
    for (long first = restoredSize; first < lost.head.size(); ) {
      int count = 1 + random.nextInt((int) (lost.head.size() - first));
      pieces.add(lost.leaves(first, count));
      first += count;
    }
    lost.entries(restoredSize).forEach(entry -> pieces.add(List.of(entry)));
    return pieces;
  }

  @Test
  void leaves_withOneAltered_areNotTaken() throws Exception {
    List<Entry> honest = leaves();
    Entry.Leaves told = (Entry.Leaves) honest.get(0);
    List<Digest> altered = new ArrayList<>(told.leaves());
    Collections.swap(altered, 0, 1);

    handIn(List.of(new Entry.Leaves(told.first(), altered), honest.get(1)));

    assertThat(state().shown()).isEqualTo(restoredSize);
    assertThat(state().entries()).isEmpty();
  }

  @Test
  void leaves_atAnotherPosition_areNotTaken() throws Exception {
    List<Entry> honest = leaves();
    Entry.Leaves told = (Entry.Leaves) honest.get(0);

    handIn(List.of(new Entry.Leaves(told.first() + 1, told.leaves()), honest.get(1)));

    assertThat(state().entries()).isEmpty();
  }

  @Test
  void leaves_underACheckpointOfAnotherKey_areNotTaken() throws Exception {
    List<Entry> honest = leaves();
    Receipt receipt = Receipt.decode(((Entry.OfReceipt) honest.get(1)).receipt().bytes());
    SignedCheckpoint forged =
        SignedCheckpoint.sign(receipt.claimed(), SigningKey.generate(space.randomness));
    Receipt other = Receipt.of(receipt.generation(), receipt.proof(), forged);

    handIn(List.of(honest.get(0), new Entry.OfReceipt(Encoded.of(other.encode()))));

    assertThat(state().shown()).isEqualTo(restoredSize);
  }

  @Test
  void entries_thatNoLeafAsksFor_areNotKept() throws Exception {
    handIn(lost.entries(restoredSize));
    handIn(leaves());

    assertThat(state().entries())
        .containsExactly(new LogAccount.Run(restoredSize, lost.head.size() - restoredSize));
  }

  @Test
  void pushes_ofWhatIsWanted_refillAsWell() throws Exception {
    handIn(leaves());
    for (RefillOffer offer : lost.offers(lost.entries(restoredSize))) {
      answer(((RefillOffer.Entry) offer).offer());
    }

    assertWhole();
  }

  @Test
  void resume_whileSomethingShownIsMissing_isRefused() throws Exception {
    handIn(List.of(lost.shown()));

    assertThatThrownBy(() -> ledger.refills().resume(space.id))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(Refills.INCOMPLETE));
  }

  @Test
  void resume_afterACutBeforeTheLogWasPutTogether_doesThatFirst() throws Exception {
    handIn(leaves());
    List<Entry> entries = lost.entries(restoredSize);
    handIn(entries.subList(1, entries.size()));
    for (int writes = 0; state().entries().get(0).first() == restoredSize; writes++) {
      store.failAfter(writes);
      try {
        handIn(entries.subList(0, 1));
      } catch (StoreException.Full e) {
        restart(backup);
      }
    }
    assertThat(snapshot().head().size()).isEqualTo(restoredSize);

    ledger.refills().resume(space.id);

    assertThat(snapshot().head()).isEqualTo(lost.head);
    assertThat(snapshot().isRefilling()).isFalse();
  }

  @Test
  void resume_ofAWholeLog_signsOnWhereItWas() throws Exception {
    handIn(leaves());
    handIn(lost.entries(restoredSize));
    ledger.refills().resume(space.id);
    restart(backup);

    assertThat(accept(reporter.notes(space.roster(), "six")).get(0))
        .isEqualTo(new Answer.Placed(List.of(lost.head.size())));
    assertThat(snapshot().isRefilling()).isFalse();
  }

  @Test
  void serverThatSignedOnTooEarly_isToldThatItForked() throws Exception {
    ledger.refills().resume(space.id);
    space.owner.restoreTo(space.id, before);
    accept(space.owner.notes(space.roster(), "another"));
    store.close();
    try (SqliteLedgerStore again = SqliteLedgerStore.open(backup)) {
      Refills.begin(again);
    }
    restart(backup);
    long size = snapshot().head().size();
    handIn(lost.leaves(size - 1, 1));

    assertThat(state().forked()).isTrue();
    assertThatThrownBy(() -> ledger.refills().resume(space.id))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void refilling_stoppedAtEveryWrite_goesOn() throws Exception {
    int stops = 0;
    for (boolean through = false; !through; ) {
      store.failAfter(stops % 7 + stops / 7);
      try {
        handIn(leaves());
        handIn(lost.entries(restoredSize));
        through = true;
      } catch (StoreException.Full e) {
        stops++;
        restart(backup);
      }
      assertThat(stops).isLessThan(500);
    }
    store.heal();
    assertThat(stops).isGreaterThan(10);
    assertWhole();
  }
}
