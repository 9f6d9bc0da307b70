package dev.cairn.client.sync;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LeafTree;
import dev.cairn.client.held.LogLeaves;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.held.Unreconciled;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Hands to a restored server what it lost and this device holds: the largest checkpoint that the
 * server signed and this device saw, leaves with the proof that they are under one of these, and
 * what such a leaf stands for. The server learns nothing by it that it did not hold before.
 */
final class Refilling {

  private static final int LEAVES_TOGETHER = 1024;

  private final Holdings holdings;
  private final LogQuestions questions;

  Refilling(Holdings holdings, ServerLink link) {
    this.holdings = holdings;
    this.questions = new LogQuestions(link, holdings.identity().space());
  }

  /** Hands in what is missing and here; what is missing then is in the answer. */
  LogAccount run() throws CairnException {
    LogAccount account = questions.account();
    if (!account.refill().isPresent()) {
      return account;
    }
    if (account.generation() > holdings.log().generation()) {
      return account;
    }
    requireTheLog(account);
    RefillPieces pieces = new RefillPieces(questions, account);
    if (account.generation() < holdings.log().generation()) {
      generations(pieces);
      return pieces.account();
    }
    show(pieces);
    leaves(pieces);
    receipts(pieces);
    new RefillEntries(holdings, pieces).run();
    return pieces.account();
  }

  /** Who has not the log's key is handed nothing of what the log holds. */
  private void requireTheLog(LogAccount account) throws CairnException {
    LogKey key = holdings.roster().logs().get(account.generation());
    if (key == null) {
      throw new MalformedException("the account is of a log that nobody opened");
    }
    SignedCheckpoint.open(account.checkpoint().bytes(), key);
  }

  /** The server is older than the log: it has to hear how many were opened since. */
  private void generations(RefillPieces pieces) throws CairnException {
    for (Statement statement : holdings.roster().statements()) {
      if (statement.kind() == StatementKind.GENERATION) {
        pieces.add(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty()));
      }
    }
    pieces.flush();
  }

  private void show(RefillPieces pieces) throws CairnException {
    SignedCheckpoint largest = null;
    for (SignedCheckpoint known : checkpoints()) {
      if (largest == null || known.checkpoint().size() > largest.checkpoint().size()) {
        largest = known;
      }
    }
    if (largest != null) {
      pieces.add(new Entry.LogState(Encoded.of(largest.bare().note()), List.of(), 0));
      pieces.flush();
    }
  }

  /** Every checkpoint of this generation that is kept apart from receipts. */
  private List<SignedCheckpoint> checkpoints() throws CairnException {
    List<SignedCheckpoint> known = new ArrayList<>();
    holdings.log().checkpoint().ifPresent(known::add);
    for (Unreconciled.Waiting one :
        holdings.store().read(rows -> Unreconciled.read(rows, holdings.roster().logs())).all()) {
      if (one.generation() == holdings.log().generation()) {
        known.add(one.checkpoint());
      }
    }
    return known;
  }

  /** A device that watches every leaf proves as many as have a root that was signed. */
  private void leaves(RefillPieces pieces) throws CairnException {
    LogSight sight = holdings.log();
    if (!sight.tree().isPresent() || pieces.leaves().isEmpty()) {
      return;
    }
    Optional<SignedCheckpoint> under = provenBy(sight.tree().get().size());
    if (!under.isPresent()) {
      return;
    }
    long size = under.get().checkpoint().size();
    LeafTree tree = holdings.store().read(rows -> LeafTree.of(rows, size));
    long from = 0;
    while (from < size) {
      Optional<LogAccount.Run> run = next(pieces.leaves(), from, size);
      if (!run.isPresent()) {
        return;
      }
      long first = Math.max(from, run.get().first());
      long end = Math.min(size, run.get().first() + run.get().count());
      int count = (int) Math.min(LEAVES_TOGETHER, end - first);
      RangeProof proof = RangeProof.create(first, count, size, tree);
      pieces.add(new Entry.Leaves(first, tree.leaves(first, count)));
      pieces.add(receipt(proof, under.get()));
      from = first + count;
      if (from == end) {
        pieces.flush();
      }
    }
  }

  private static Optional<LogAccount.Run> next(List<LogAccount.Run> runs, long from, long size) {
    return runs.stream()
        .filter(run -> run.first() + run.count() > from && run.first() < size)
        .findFirst();
  }

  private Entry receipt(RangeProof proof, SignedCheckpoint under) {
    Receipt receipt = Receipt.of(holdings.log().generation(), proof, under);
    return new Entry.OfReceipt(Encoded.of(receipt.encode()));
  }

  /** The largest checkpoint kept whose root the leaves have that were read. */
  private Optional<SignedCheckpoint> provenBy(long leaves) throws CairnException {
    Map<Long, SignedCheckpoint> known = new HashMap<>();
    holdings.log().checkpoint().ifPresent(seen -> known.put(seen.checkpoint().size(), seen));
    LogKey key = holdings.roster().logs().get(holdings.log().generation());
    for (ReceiptRow row : receiptRows()) {
      if (key != null && row.receipt().isOf(key)) {
        SignedCheckpoint seen = SignedCheckpoint.open(row.receipt().note(), key);
        known.put(seen.checkpoint().size(), seen);
      }
    }
    return holdings.store().read(rows -> largest(rows, leaves, known)).map(SignedCheckpoint::bare);
  }

  private static Optional<SignedCheckpoint> largest(
      SealedRows rows, long leaves, Map<Long, SignedCheckpoint> known) throws CairnException {
    CompactTree[] tree = {CompactTree.empty()};
    List<SignedCheckpoint> rooted = new ArrayList<>();
    LogLeaves.visit(
        rows,
        leaves,
        (position, leaf) -> {
          tree[0] = tree[0].append(leaf.hash()).tree();
          SignedCheckpoint seen = known.get(tree[0].size());
          if (seen != null && seen.checkpoint().root().equals(tree[0].root())) {
            rooted.add(seen);
          }
        });
    return rooted.isEmpty() ? Optional.empty() : Optional.of(rooted.get(rooted.size() - 1));
  }

  private List<ReceiptRow> receiptRows() throws CairnException {
    List<ReceiptRow> found = new ArrayList<>();
    for (ReceiptRow row : holdings.store().read(ReceiptRow::readAll)) {
      if (row.receipt().generation() == holdings.log().generation()) {
        found.add(row);
      }
    }
    return found;
  }

  /** Everybody has receipts for what is his own, and these prove its leaves. */
  private void receipts(RefillPieces pieces) throws CairnException {
    OwnLeaves own = new OwnLeaves(holdings);
    for (ReceiptRow row : receiptRows()) {
      long first = row.receipt().proof().first();
      long end = first + row.leaves().size();
      boolean isMissing =
          pieces.leaves().stream()
              .anyMatch(run -> run.first() < end && run.first() + run.count() > first);
      List<Digest> hashes = new ArrayList<>();
      if (isMissing) {
        holdings.store().read(rows -> own.sent(rows, row)).forEach(leaf -> hashes.add(leaf.hash()));
      }
      if (!hashes.isEmpty()
          && hashes.size() == row.leaves().size()
          && hashes.size() <= Limits.ENTRY_LEAVES_MAX) {
        pieces.add(new Entry.Leaves(first, hashes));
        pieces.add(new Entry.OfReceipt(Encoded.of(row.receipt().encode())));
      }
    }
    pieces.flush();
  }
}
