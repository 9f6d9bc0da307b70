package dev.cairn.client.sync;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What this device wrote, as leaves of the log, for receipts that come without being asked for. */
final class OwnLeaves {

  private static final int CHANGES_READ = 1024;

  private final Holdings holdings;

  OwnLeaves(Holdings holdings) {
    this.holdings = holdings;
  }

  /** What the leaves are, in the order given; empty if one is not this device's. */
  Optional<List<OwnReceipts.Sent>> of(SealedRows rows, List<Digest> leaves) throws CairnException {
    Map<Digest, OwnReceipts.Sent> own = new HashMap<>();
    for (Statement statement : holdings.roster().statements()) {
      own.put(statement.leafHash(), OwnReceipts.Sent.of(statement));
    }
    // Mostly they are of what has no receipt yet; only else is the whole feed looked at.
    changes(rows, 1 + Progress.read(rows).receivedThrough(), own);
    if (!own.keySet().containsAll(leaves)) {
      changes(rows, 1, own);
    }
    List<OwnReceipts.Sent> found = new ArrayList<>();
    for (Digest leaf : leaves) {
      OwnReceipts.Sent sent = own.get(leaf);
      if (sent == null) {
        return Optional.empty();
      }
      found.add(sent);
    }
    return Optional.of(found);
  }

  private static void changes(SealedRows rows, long from, Map<Digest, OwnReceipts.Sent> own)
      throws CairnException {
    long next = from;
    List<Change> changes = OwnChanges.from(rows, next, CHANGES_READ);
    while (!changes.isEmpty()) {
      changes.forEach(change -> own.put(change.leafHash(), OwnReceipts.Sent.of(change)));
      next = 1 + changes.get(changes.size() - 1).prefix().sequence();
      changes = OwnChanges.from(rows, next, CHANGES_READ);
    }
  }

  /** The leaves of a receipt that waited; what is held no more is left out. */
  List<OwnReceipts.Sent> sent(SealedRows rows, ReceiptRow receipt) throws CairnException {
    List<OwnReceipts.Sent> sent = new ArrayList<>();
    for (ReceiptRow.Leaf leaf : receipt.leaves()) {
      if (leaf instanceof ReceiptRow.Leaf.OfStatement of) {
        holdings
            .roster()
            .statement(of.statement())
            .ifPresent(statement -> sent.add(OwnReceipts.Sent.of(statement)));
      } else {
        OptionalLong sequence =
            OwnChanges.sequence(rows, ((ReceiptRow.Leaf.OfChange) leaf).change());
        if (sequence.isPresent()) {
          OwnChanges.at(rows, sequence.getAsLong())
              .ifPresent(change -> sent.add(OwnReceipts.Sent.of(change)));
        }
      }
    }
    return sent;
  }

  /** How many of them have no receipt that counts. */
  int pending(SealedRows rows, List<OwnReceipts.Sent> sent) throws CairnException {
    long through = Progress.read(rows).receivedThrough();
    List<Digest> waiting = new ArrayList<>();
    holdings.book().outbox().forEach(statement -> waiting.add(statement.leafHash()));
    return (int)
        sent.stream()
            .filter(
                leaf ->
                    leaf.sequence() > 0 ? leaf.sequence() > through : waiting.contains(leaf.hash()))
            .count();
  }

  /**
   * Whether the changes among the leaves that have no receipt are the next ones. A courier may lose
   * a receipt, and a server may refuse a change and take the one after it: what has no proof must
   * not seem proven by a later one.
   */
  static boolean continuesReceived(SealedRows rows, List<OwnReceipts.Sent> sent)
      throws CairnException {
    long received = Progress.read(rows).receivedThrough();
    long[] fresh =
        sent.stream().mapToLong(OwnReceipts.Sent::sequence).filter(at -> at > received).toArray();
    if (fresh.length == 0) {
      return true;
    }
    List<Change> next = OwnChanges.from(rows, received + 1, fresh.length);
    return Arrays.equals(
        fresh, next.stream().mapToLong(change -> change.prefix().sequence()).toArray());
  }
}
