package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The server stops at every write in turn, the last of them the one after a commit that nobody
 * heard of, and starts again on what is on the disk.
 */
class InterruptedLedgerTest extends FaultyLedger {

  private static final int WRITES_MAX = 100;

  @Test
  void create_stoppedAtEveryWrite_isThereWholeOrNotAtAll() throws Exception {
    int stops = 0;
    for (boolean through = false; !through; ) {
      store.failAfter(stops);
      try {
        create();
        through = true;
      } catch (StoreException.Full e) {
        stops++;
        restart();
        assertThat(ledger.spaceCount()).isZero();
      }
      assertThat(stops).isLessThan(WRITES_MAX);
    }
    assertThat(stops).isGreaterThan(5);
    restart();
    assertThat(create())
        .containsExactly(
            new Answer.Placed(List.of(0L)),
            new Answer.Placed(List.of(1L)),
            new Answer.Placed(List.of(2L)));
  }

  @Test
  void create_stoppedAfterItsCommit_givesTheSameAnswersAgain() throws Exception {
    store.failAfterCommit();
    try {
      create();
    } catch (StoreException.Full e) {
      restart();
    }
    assertThat(ledger.spaceCount()).isEqualTo(1);
    assertThat(create()).hasSize(3).allMatch(answer -> answer instanceof Answer.Placed);
    assertThat(ledger.snapshot(space.id).orElseThrow().head().size()).isEqualTo(3);
  }

  @Test
  void accept_stoppedAtEveryWrite_losesAndDoublesNothing() throws Exception {
    create();
    List<Change> acknowledged = new ArrayList<>();
    int stops = 0;
    for (boolean through = false; !through; ) {
      List<Change> changes = space.owner.notes(space.roster(), "note " + stops);
      store.failAfter(stops);
      try {
        accept(changes);
        through = true;
      } catch (StoreException.Full e) {
        stops++;
        restart();
        accept(changes); // Whoever heard nothing sends the same again.
      }
      acknowledged.addAll(changes);
      assertThat(stops).isLessThan(WRITES_MAX);
    }
    restart();
    assertThat(stops).isGreaterThan(4);
    assertThat(ledger.snapshot(space.id).orElseThrow().head().size())
        .isEqualTo(3L + acknowledged.size());
    for (int i = 0; i < acknowledged.size(); i++) {
      assertThat(accept(acknowledged.subList(i, i + 1)))
          .containsExactly(new Answer.Placed(List.of(3L + i)));
    }
  }

  @Test
  void accept_stoppedAfterItsCommit_givesTheSameAnswersAgain() throws Exception {
    create();
    List<Change> changes = space.owner.notes(space.roster(), "one", "two");
    store.failAfterCommit();
    boolean heard = true;
    try {
      accept(changes);
    } catch (StoreException.Full e) {
      heard = false;
      restart();
    }
    assertThat(heard).isFalse();
    assertThat(accept(changes)).containsExactly(new Answer.Placed(List.of(3L, 4L, 5L)));
  }
}
