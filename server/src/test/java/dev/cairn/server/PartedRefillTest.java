package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.sqlite.SqliteCopy;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that one signature covers, handed in to a restored server whose log parts them. */
class PartedRefillTest extends FaultyLedger {

  private TestDevice reporter;
  private List<Change> base;
  private Path backup;
  private SqliteLedgerStore lostStore;
  private LostLog lost;
  private long restoredSize;

  @BeforeEach
  void backUp() throws Exception {
    create();
    reporter = new TestDevice(space.randomness);
    for (Statement statement : space.admit(reporter)) {
      logStatement(statement);
    }
    base = log(reporter.notes(space.roster(), "base"));
    log(space.owner.notes(space.roster(), "before"));
    restoredSize = snapshot().head().size();
    backup = directory.resolve("backup.sqlite");
    SqliteCopy.write(directory.resolve("ledger.sqlite"), backup);
  }

  @AfterEach
  void closeLost() {
    lostStore.close();
  }

  private void logStatement(Statement statement) throws Exception {
    ledger.accept(
        List.of(new Submission(space.id, List.of(new Offer.OfStatement(statement)))), NOW);
  }

  private List<Change> log(List<Change> changes) throws Exception {
    assertThat(accept(changes)).hasOnlyElementsOfType(Answer.Placed.class);
    return changes;
  }

  private Change logNote(TestDevice device, String note) throws Exception {
    return log(device.notes(space.roster(), note)).get(0);
  }

  private void restore() throws Exception {
    lostStore = SqliteLedgerStore.open(directory.resolve("ledger.sqlite"));
    lost = new LostLog(lostStore, space.id, space.log);
    try (SqliteLedgerStore restored = SqliteLedgerStore.open(backup)) {
      Refills.begin(restored);
    }
    restart(backup);
    signed.clear();
    handIn(lost.leaves(restoredSize, (int) (lost.head.size() - restoredSize)));
  }

  private SpaceSnapshot snapshot() {
    return ledger.snapshot(space.id).orElseThrow();
  }

  private LogAccount.Refill state() throws Exception {
    return ledger.refills().account(space.id, space.owner.id).refill().orElseThrow();
  }

  private void handIn(List<Entry> entries) throws Exception {
    ledger.refills().take(space.id, lost.offers(entries));
  }

  /** One frame: only the last of an audience goes with its signature. */
  private void handInTogether(Change... changes) throws Exception {
    handIn(List.of(new Entry.OfFrame(Frame.of(List.of(changes)), List.of())));
  }

  private List<Entry> entriesBut(Change change) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : lost.entries(restoredSize)) {
      boolean isIt =
          entry instanceof Entry.OfFrame framed
              && framed.frame().changes().stream().anyMatch(one -> one.id().equals(change.id()));
      if (!isIt) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private void assertWhole() throws Exception {
    assertThat(snapshot().head()).isEqualTo(lost.head);
    assertThat(snapshot().checkpoint().checkpoint()).isEqualTo(lost.checkpoint.checkpoint());
    assertThat(state().isWhole()).isTrue();
    assertThat(signed).isEmpty();
  }

  @Test
  void change_coveredBeyondWhatAnotherWrote_isWaitedForWithItsSignature() throws Exception {
    Change first = logNote(reporter, "first");
    logNote(space.owner, "between");
    Change second = logNote(reporter, "second");
    restore();

    handInTogether(first, second);

    assertThat(state().entries()).containsExactly(new LogAccount.Run(restoredSize, 2));
    handIn(lost.entries(restoredSize));
    assertWhole();
  }

  @Test
  void resume_whileOnlyACoverBeyondWhatAnotherWroteCame_isRefused() throws Exception {
    Change first = logNote(reporter, "first");
    logNote(space.owner, "between");
    Change second = logNote(reporter, "second");
    restore();
    handInTogether(first, second);
    handIn(entriesBut(first));

    assertThatThrownBy(() -> ledger.refills().resume(space.id))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(Refills.INCOMPLETE));
    assertThat(snapshot().isRefilling()).isTrue();
  }

  @Test
  void change_coveredBeyondWhatItsDeviceWroteToOthers_isTaken() throws Exception {
    List<CircleId> desk = List.of(space.roster().desk().orElseThrow());
    List<CircleId> own = List.of(Circles.device(reporter.id));
    logStatement(space.add(space.writer().ownEpoch(reporter.key).statement()));
    log(space.owner.notes(space.roster(), own, "opens the session"));
    List<Change> frame = new ArrayList<>(space.owner.notes(space.roster(), desk, "first"));
    frame.addAll(space.owner.notes(space.roster(), own, "to one alone"));
    frame.addAll(space.owner.notes(space.roster(), desk, "second"));
    log(frame);
    restore();

    handIn(entriesBut(frame.get(0)));
    handInTogether(frame.get(0), frame.get(2));
    handInTogether(frame.get(1));

    assertWhole();
  }

  @Test
  void change_whoseForkedFeedHidesThatItIsParted_isWantedAgain() throws Exception {
    List<Change> held = new ArrayList<>(base);
    held.addAll(log(reporter.notes(space.roster(), "one", "two", "three")));
    reporter.restoreTo(space.id, base);
    List<Change> other = reporter.notes(space.roster(), "first");
    for (Change change : other) {
      held.addAll(log(List.of(change)));
    }
    Change first = other.get(other.size() - 1);
    final long place = snapshot().head().size() - 1;
    logNote(space.owner, "between");
    reporter.restoreTo(space.id, held);
    Change second = log(reporter.notes(space.roster(), "joins")).get(0);
    restore();
    handInTogether(first, second);
    handIn(entriesBut(first));

    assertThat(state().entries()).containsExactly(new LogAccount.Run(place, 1));
    handIn(lost.entries(restoredSize));
    assertWhole();
  }
}
