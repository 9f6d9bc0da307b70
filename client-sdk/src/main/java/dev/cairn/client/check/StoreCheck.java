package dev.cairn.client.check;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeSignature;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.FeedState;
import dev.cairn.protocol.feed.FeedView;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Checks a store from end to end: every row opens, the own feed is whole and signed, and every
 * receipt still proves what it was kept for.
 */
public final class StoreCheck {

  private static final int CHANGES_READ = 512;

  private final Holdings holdings;
  private final Map<String, Long> checked = new TreeMap<>();
  private final List<FsckReport.Problem> problems = new ArrayList<>();

  /** Checks this store. */
  public StoreCheck(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Looks at everything; never stops at the first problem but where the files themselves fail. */
  public FsckReport run() throws CairnException {
    try {
      checked.put("rows", holdings.store().check());
    } catch (StoreException e) {
      problems.add(new FsckReport.Problem(e.code(), "rows"));
      return new FsckReport(checked, problems);
    }
    holdings.store().read(this::feed);
    holdings.store().read(this::receipts);
    checked.put("statements", (long) holdings.roster().statements().size());
    return new FsckReport(checked, problems);
  }

  private Boolean feed(SealedRows rows) throws CairnException {
    VerifyingKey key = holdings.identity().signingKey().verifyingKey();
    FeedState feed =
        new FeedState(
            holdings.identity().space(), holdings.device(), FeedView.WHOLE, FeedMemory.empty());
    long next = 1;
    long count = 0;
    List<Change> changes = OwnChanges.from(rows, next, CHANGES_READ);
    while (!changes.isEmpty()) {
      for (Change change : changes) {
        count++;
        if (!ChangeSignature.holds(change, key)) {
          problem("feed.signature", change.prefix().sequence());
        } else if (!feed.accept(change).accepts()) {
          problem("feed.broken", change.prefix().sequence());
        }
      }
      next = 1 + changes.get(changes.size() - 1).prefix().sequence();
      changes = OwnChanges.from(rows, next, CHANGES_READ);
    }
    checked.put("changes", count);
    return Boolean.TRUE;
  }

  private void problem(String kind, long sequence) {
    problems.add(new FsckReport.Problem(kind, "sequence " + sequence));
  }

  private Boolean receipts(SealedRows rows) throws CairnException {
    Map<ChangeId, Digest> leaves = new HashMap<>();
    long count = 0;
    for (ReceiptRow row : ReceiptRow.readAll(rows)) {
      count++;
      if (!proves(rows, row, leaves)) {
        problems.add(
            new FsckReport.Problem(
                "receipt.wrong", "log position " + row.receipt().proof().first()));
      }
    }
    checked.put("receipts", count);
    return Boolean.TRUE;
  }

  private boolean proves(SealedRows rows, ReceiptRow row, Map<ChangeId, Digest> leaves)
      throws CairnException {
    List<Digest> hashes = new ArrayList<>();
    for (ReceiptRow.Leaf leaf : row.leaves()) {
      Optional<Digest> hash = hash(rows, leaf, leaves);
      if (!hash.isPresent()) {
        return false;
      }
      hashes.add(hash.get());
    }
    LogKey key = holdings.roster().logs().get(row.receipt().generation());
    if (key == null) {
      return false;
    }
    try {
      row.receipt().verify(hashes, key);
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  private Optional<Digest> hash(SealedRows rows, ReceiptRow.Leaf leaf, Map<ChangeId, Digest> leaves)
      throws CairnException {
    if (leaf instanceof ReceiptRow.Leaf.OfStatement of) {
      return holdings.roster().statement(of.statement()).map(Statement::leafHash);
    }
    ChangeId id = ((ReceiptRow.Leaf.OfChange) leaf).change();
    Digest known = leaves.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    OptionalLong sequence = OwnChanges.sequence(rows, id);
    Optional<Change> change =
        sequence.isPresent() ? OwnChanges.at(rows, sequence.getAsLong()) : Optional.empty();
    change.ifPresent(found -> leaves.put(id, found.leafHash()));
    return change.map(Change::leafHash);
  }
}
