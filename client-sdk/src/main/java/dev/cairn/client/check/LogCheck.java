package dev.cairn.client.check;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogLeaves;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.suite.Digest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * On a device that watches the whole log: builds its tree again from the leaves, and looks for
 * every statement and change that was kept of it. Nothing of the log can be missing without that.
 */
final class LogCheck {

  private static final int BATCH = 256;

  private final Holdings holdings;
  private final Fsck fsck;
  private final Map<Long, Digest> roots = new HashMap<>();

  LogCheck(Holdings holdings, Fsck fsck) {
    this.holdings = holdings;
    this.fsck = fsck;
  }

  /** The root of the log at a size at which a receipt was given, if its leaves are proven here. */
  Optional<Digest> root(long size) {
    return Optional.ofNullable(roots.get(size));
  }

  void check(SealedRows rows) throws CairnException {
    CompactTree kept = holdings.log().tree().orElse(null);
    if (kept == null) {
      return;
    }
    Set<Long> sizes = new HashSet<>();
    for (ReceiptRow row : ReceiptRow.readAll(rows)) {
      sizes.add(row.receipt().claimed().size());
    }
    Set<Digest> held = held(rows);
    CompactTree[] tree = {CompactTree.empty()};
    long[] lost = {0};
    long proven = holdings.log().proven();
    LogLeaves.visit(
        rows,
        kept.size(),
        (position, leaf) -> {
          tree[0] = tree[0].append(leaf.hash()).tree();
          lost[0] += leaf.held() && !held.contains(leaf.hash()) ? 1 : 0;
          if (tree[0].size() <= proven && sizes.contains(tree[0].size())) {
            roots.put(tree[0].size(), tree[0].root());
          }
        });
    fsck.checked("leaves", kept.size());
    if (!tree[0].equals(kept)) {
      roots.clear();
      fsck.problem("log.leaves", "log");
    }
    if (lost[0] > 0) {
      fsck.problem("log.lost", lost[0] + " of " + kept.size() + " leaves");
    }
  }

  private Set<Digest> held(SealedRows rows) throws CairnException {
    Set<Digest> held = new HashSet<>();
    holdings.roster().statements().forEach(statement -> held.add(statement.leafHash()));
    OthersChanges.scan(
        rows,
        0,
        change -> {
          held.add(change.leafHash());
          return true;
        });
    long next = 0;
    List<Change> own = OwnChanges.from(rows, next, BATCH);
    while (!own.isEmpty()) {
      for (Change change : own) {
        held.add(change.leafHash());
        next = change.prefix().sequence() + 1;
      }
      own = OwnChanges.from(rows, next, BATCH);
    }
    return held;
  }
}
