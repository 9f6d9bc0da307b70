package dev.cairn.client.check;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.OwnFeed;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeSignature;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.FeedState;
import dev.cairn.protocol.feed.FeedView;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The device's own feed: every change signed, chained to the one before, and where it is looked
 * for.
 */
final class FeedCheck {

  private static final int BATCH = 256;

  private final Holdings holdings;
  private final Fsck fsck;

  FeedCheck(Holdings holdings, Fsck fsck) {
    this.holdings = holdings;
    this.fsck = fsck;
  }

  void check(SealedRows rows) throws CairnException {
    VerifyingKey key = holdings.identity().signingKey().verifyingKey();
    List<Change> adopted = adopted(rows);
    FeedView view = adopted.isEmpty() ? FeedView.WHOLE : FeedView.AUDIENCES;
    FeedState feed =
        FeedState.ofLog(holdings.identity().space(), holdings.device(), view, FeedMemory.empty());
    int at = 0;
    long next = 0;
    List<Change> batch = OwnChanges.from(rows, next, BATCH);
    while (!batch.isEmpty()) {
      for (Change change : batch) {
        long sequence = change.prefix().sequence();
        while (at < adopted.size() && adopted.get(at).prefix().sequence() <= sequence) {
          feed.accept(adopted.get(at++));
        }
        checkOne(rows, change, feed, key);
        next = sequence + 1;
      }
      fsck.checked("changes", batch.size());
      batch = OwnChanges.from(rows, next, BATCH);
    }
    while (at < adopted.size()) {
      feed.accept(adopted.get(at++));
    }
    if (view == FeedView.WHOLE) {
      checkHeads(rows, feed.heads());
    }
  }

  /** Changes of this device that came back from the log to a store that had lost them. */
  private List<Change> adopted(SealedRows rows) throws CairnException {
    List<Change> adopted = new ArrayList<>();
    OthersChanges.scan(
        rows,
        0,
        change -> {
          if (change.prefix().device().equals(holdings.device())) {
            adopted.add(change);
          }
          return true;
        });
    adopted.sort(Comparator.comparingLong(change -> change.prefix().sequence()));
    return adopted;
  }

  private void checkOne(SealedRows rows, Change change, FeedState feed, VerifyingKey key)
      throws CairnException {
    String where = "sequence " + change.prefix().sequence();
    if (!feed.accept(change).accepts()) {
      fsck.problem("feed.chain", where);
    }
    if (!ChangeSignature.holds(change, key)) {
      fsck.problem("feed.signature", where);
    }
    OptionalLong place = OwnChanges.sequence(rows, change.id());
    if (!place.isPresent() || place.getAsLong() != change.prefix().sequence()) {
      fsck.problem("feed.place", where);
    }
  }

  private void checkHeads(SealedRows rows, Set<ChangeId> heads) throws CairnException {
    if (!new TreeSet<>(OwnFeed.read(rows).allHeads()).equals(new TreeSet<>(heads))) {
      fsck.problem("feed.heads", "own feed");
    }
  }
}
