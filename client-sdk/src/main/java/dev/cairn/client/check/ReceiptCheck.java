package dev.cairn.client.check;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.held.Unreconciled;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Receipts: each still proves its leaves, and each change called received has one. */
final class ReceiptCheck {

  private final Holdings holdings;
  private final LogCheck tree;
  private final Fsck fsck;

  /**
   * Checks receipts.
   *
   * @param tree has checked the log, where its leaves are known
   */
  ReceiptCheck(Holdings holdings, LogCheck tree, Fsck fsck) {
    this.holdings = holdings;
    this.tree = tree;
    this.fsck = fsck;
  }

  void check(SealedRows rows) throws CairnException {
    Set<ChangeId> proven = new HashSet<>();
    int number = 0;
    long unproven = 0;
    for (ReceiptRow row : ReceiptRow.readAll(rows)) {
      if (verifies(rows, row)) {
        unproven += checkHistory(row, "receipt " + number) ? 0 : 1;
        for (ReceiptRow.Leaf leaf : row.leaves()) {
          if (leaf instanceof ReceiptRow.Leaf.OfChange change) {
            proven.add(change.change());
          }
        }
      } else {
        fsck.problem("receipt.invalid", "receipt " + number);
      }
      number++;
    }
    fsck.checked("receipts", number);
    fsck.checked("receipts_unproven", unproven);
    if (number > 0 && Fact.LOG.get(rows) == null) {
      fsck.problem("store.corrupt", "log");
    }
    if (number != ReceiptRow.kept(rows)) {
      fsck.problem("receipt.lost", number + " of " + ReceiptRow.kept(rows) + " are here");
    }
    Unreconciled waiting = Unreconciled.read(rows, holdings.roster().logs());
    fsck.checked("unreconciled", waiting.all().size());
    checkReceived(rows, proven);
    if (Fact.LIE.get(rows) != null) {
      fsck.problem("server.lies", "the two signed checkpoints are kept");
    }
    checkStatements();
  }

  /**
   * Holds a receipt against the history this device has seen: not only did the log sign it, it is
   * of the one log that all others see.
   *
   * @return whether that could be told here; where the leaves are not known only the log can
   */
  private boolean checkHistory(ReceiptRow row, String where) {
    LogSight sight = holdings.log();
    Checkpoint claimed = row.receipt().claimed();
    LogKey followed = holdings.roster().logs().get(sight.generation());
    if (followed == null || !row.receipt().isOf(followed)) {
      return false;
    }
    if (claimed.size() > sight.size()) {
      fsck.problem("log.forgotten", where);
      return true;
    }
    Optional<Digest> root =
        claimed.size() == sight.size()
            ? sight.checkpoint().map(SignedCheckpoint::checkpoint).map(Checkpoint::root)
            : tree.root(claimed.size());
    if (root.isPresent() && !root.get().equals(claimed.root())) {
      fsck.problem("receipt.other-log", where);
    }
    return root.isPresent();
  }

  private boolean verifies(SealedRows rows, ReceiptRow row) throws CairnException {
    List<Digest> leaves = new ArrayList<>();
    for (ReceiptRow.Leaf leaf : row.leaves()) {
      Optional<Digest> hash = hash(rows, leaf);
      if (!hash.isPresent()) {
        return false;
      }
      leaves.add(hash.get());
    }
    Optional<LogKey> key = log(row.receipt());
    try {
      if (!key.isPresent()) {
        return false;
      }
      row.receipt().verify(leaves, key.get());
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  /**
   * The log that a receipt claims to be of. It need not be followed any more: another owner opened
   * another under its number, or who opened it was cut off. It was when the receipt came.
   */
  private Optional<LogKey> log(Receipt receipt) {
    LogKey followed = holdings.roster().logs().get(receipt.generation());
    if (followed != null && receipt.isOf(followed)) {
      return Optional.of(followed);
    }
    for (Statement statement : holdings.roster().statements()) {
      if (statement.content() instanceof Generation generation
          && generation.number() == receipt.generation()
          && receipt.isOf(generation.log())) {
        return Optional.of(generation.log());
      }
    }
    return Optional.empty();
  }

  private Optional<Digest> hash(SealedRows rows, ReceiptRow.Leaf leaf) throws CairnException {
    if (leaf instanceof ReceiptRow.Leaf.OfStatement statement) {
      return holdings.roster().statement(statement.statement()).map(Statement::leafHash);
    }
    ChangeId id = ((ReceiptRow.Leaf.OfChange) leaf).change();
    OptionalLong own = OwnChanges.sequence(rows, id);
    if (own.isPresent()) {
      return OwnChanges.at(rows, own.getAsLong()).map(Change::leafHash);
    }
    Optional<OthersChanges.Place> place = OthersChanges.place(rows, id);
    Long number = place.isPresent() ? place.get().numberOrNull() : null;
    return number == null ? Optional.empty() : OthersChanges.at(rows, number).map(Change::leafHash);
  }

  private void checkReceived(SealedRows rows, Set<ChangeId> proven) throws CairnException {
    long through = Progress.read(rows).receivedThrough();
    long next = 0;
    long received = 0;
    List<Change> batch = OwnChanges.from(rows, next, Short.MAX_VALUE);
    while (!batch.isEmpty()) {
      for (Change change : batch) {
        next = change.prefix().sequence() + 1;
        if (change.prefix().sequence() > through) {
          continue;
        }
        if (proven.contains(change.id())) {
          received++;
        } else {
          fsck.problem("receipt.missing", "sequence " + change.prefix().sequence());
        }
      }
      batch = OwnChanges.from(rows, next, Short.MAX_VALUE);
    }
    fsck.checked("received", received);
    if (through > 0 && next <= through) {
      fsck.problem("receipt.beyond", "sequence " + through);
    }
  }

  private void checkStatements() {
    fsck.checked("statements", holdings.roster().statements().size());
    if (!holdings.roster().genesis().isPresent()) {
      fsck.problem("roster.genesis", "statements");
    }
    if (!holdings.roster().device(holdings.device()).isPresent()) {
      fsck.problem("roster.self", "statements");
    }
  }
}
