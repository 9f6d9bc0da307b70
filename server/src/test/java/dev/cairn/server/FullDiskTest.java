package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.feed.Change;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A disk that fills up at any write: nothing half-done is kept, and nothing signed for it stays.
 */
class FullDiskTest extends FaultyLedger {

  @BeforeEach
  void createSpace() throws Exception {
    create();
  }

  @Test
  void accept_diskFullAtEveryWriteInTurn_oneHistoryInTheEnd() throws Exception {
    List<Change> changes = space.owner.notes(space.roster(), "one", "two");
    byte[] before = ledger.snapshot(space.id).orElseThrow().checkpoint().note();
    int failures = 0;
    for (; failures < 100; failures++) {
      store.failAfter(failures);
      try {
        accept(changes);
        break;
      } catch (StoreException.Full e) {
        assertThat(ledger.snapshot(space.id).orElseThrow().checkpoint().note()).isEqualTo(before);
      }
    }
    assertThat(ledger.isWritable()).isTrue();
    store.heal();
    assertThat(failures).isBetween(5, 99);
    assertThat(accept(changes)).containsExactly(new Answer.Placed(List.of(3L, 4L, 5L)));
    assertThat(opened().snapshot(space.id).orElseThrow().head().size()).isEqualTo(6);
  }

  @Test
  void accept_diskFull_notWritableUntilSomethingWasWritten() throws Exception {
    List<Change> changes = space.owner.notes(space.roster(), "one");
    store.failAfter(0);
    assertThatThrownBy(() -> accept(changes)).isInstanceOf(StoreException.Full.class);
    assertThat(ledger.isWritable()).isFalse();
    store.heal();
    accept(changes);
    assertThat(ledger.isWritable()).isTrue();
  }

  @Test
  void accept_knownWhileTheDiskIsFull_stillAnswered() throws Exception {
    List<Change> changes = space.owner.notes(space.roster(), "one");
    List<Answer> first = accept(changes);
    store.failAfter(0);
    assertThat(accept(changes)).isEqualTo(first);
  }

  @Test
  void accept_otherWriterWasFirst_overtakenThenRight() throws Exception {
    List<Change> changes = space.owner.notes(space.roster(), "one");
    Ledger other = opened();
    accept(changes.subList(0, 1));
    Submission rest = submission(changes.subList(1, 2));
    assertThatThrownBy(() -> other.accept(List.of(rest), NOW))
        .isInstanceOf(StoreException.Overtaken.class);
    assertThat(other.accept(List.of(rest), NOW).get(0))
        .containsExactly(new Answer.Placed(List.of(4L)));
  }
}
