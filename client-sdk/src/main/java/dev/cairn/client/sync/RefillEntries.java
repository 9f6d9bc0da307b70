package dev.cairn.client.sync;

import dev.cairn.client.held.CoveredRuns;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogLeaves;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What this device holds of the entries that a restored server wants: everything whose place in the
 * log is known here, in the order of the log.
 */
final class RefillEntries {

  private final Holdings holdings;
  private final RefillPieces pieces;

  RefillEntries(Holdings holdings, RefillPieces pieces) {
    this.holdings = holdings;
    this.pieces = pieces;
  }

  /** Where something held stands in this store. */
  private sealed interface Held {
    record OfStatement(StatementId id) implements Held {}

    record Own(long sequence) implements Held {}

    record Other(long number) implements Held {}
  }

  /** Hands in what is wanted, until nothing of it is here. */
  void run() throws CairnException {
    if (pieces.entries().isEmpty()) {
      return;
    }
    long from = pieces.entries().get(0).first();
    NavigableMap<Long, Held> held = holdings.store().read(rows -> held(rows, from));
    Set<Long> sent = new HashSet<>();
    boolean more = true;
    while (more) {
      int before = sent.size();
      for (LogAccount.Run run : new ArrayList<>(pieces.entries())) {
        send(held, run, sent);
      }
      pieces.flush();
      more = sent.size() > before && !pieces.entries().isEmpty();
    }
  }

  private NavigableMap<Long, Held> held(SealedRows rows, long from) throws CairnException {
    Places places = new Places(rows, holdings.log(), from);
    for (Statement statement : holdings.roster().statements()) {
      OptionalLong told = RosterBook.position(rows, statement.id());
      places.put(statement.leafHash(), told, new Held.OfStatement(statement.id()));
    }
    for (Map.Entry<ChangeId, Long> own : ReceiptRow.ownPositions(rows, holdings).entrySet()) {
      OptionalLong sequence = OwnChanges.sequence(rows, own.getKey());
      if (sequence.isPresent()) {
        places.put(own.getValue(), new Held.Own(sequence.getAsLong()));
      }
    }
    statements(rows, places);
    OthersChanges.scan(
        rows,
        0,
        change -> {
          Optional<OthersChanges.Place> place = OthersChanges.place(rows, change.id());
          Long number = place.isPresent() ? place.get().numberOrNull() : null;
          if (place.isPresent() && number != null) {
            places.put(change.leafHash(), place.get().position(), new Held.Other(number));
          }
          return true;
        });
    return places.held;
  }

  /** A phone knows where its statements stand by its receipts alone. */
  private void statements(SealedRows rows, Places places) throws CairnException {
    for (ReceiptRow row : ReceiptRow.readAll(rows)) {
      long position = row.receipt().proof().first();
      for (ReceiptRow.Leaf leaf : row.leaves()) {
        if (leaf instanceof ReceiptRow.Leaf.OfStatement of
            && row.receipt().generation() == holdings.log().generation()) {
          places.put(position, new Held.OfStatement(of.statement()));
        }
        position++;
      }
    }
  }

  /** What is held, by where it stands. What is proven goes before what was only told. */
  private static final class Places {
    private final NavigableMap<Long, Held> held = new TreeMap<>();
    private final Map<Digest, Long> proven = new HashMap<>();
    private final long from;

    Places(SealedRows rows, LogSight log, long from) throws CairnException {
      this.from = from;
      LogLeaves.visit(
          rows,
          log.proven(),
          (position, leaf) -> {
            if (position >= from) {
              proven.put(leaf.hash(), position);
            }
          });
    }

    /** Of which a receipt proves the place. */
    void put(long position, Held what) {
      if (position >= from) {
        held.put(position, what);
      }
    }

    void put(Digest leaf, OptionalLong told, Held what) {
      Long sure = proven.get(leaf);
      if (sure != null) {
        held.put(sure, what);
      } else if (told.isPresent() && told.getAsLong() >= from) {
        held.putIfAbsent(told.getAsLong(), what);
      }
    }
  }

  /** Sends what stands in a run, and beyond it what covers the last of that. */
  private void send(NavigableMap<Long, Held> held, LogAccount.Run run, Set<Long> sent)
      throws CairnException {
    CoveredRuns frames = new CoveredRuns();
    long end = run.first() + run.count() + Limits.FRAME_ITEMS_MAX;
    for (Map.Entry<Long, Held> entry : held.subMap(run.first(), end).entrySet()) {
      boolean isWanted = run.holds(entry.getKey());
      if (entry.getValue() instanceof Held.OfStatement of) {
        send(frames.take());
        if (isWanted && sent.add(entry.getKey())) {
          statement(of.id());
        }
      } else {
        Optional<Change> change = holdings.store().read(rows -> change(rows, entry.getValue()));
        if (change.isPresent()
            && (isWanted
                ? sent.add(entry.getKey())
                : frames.continues(change.get(), entry.getKey()))) {
          frames.add(change.get(), entry.getKey());
        }
      }
      send(frames.ready());
    }
    send(frames.take());
  }

  private static Optional<Change> change(SealedRows rows, Held held) throws CairnException {
    return held instanceof Held.Own own
        ? OwnChanges.at(rows, own.sequence())
        : OthersChanges.at(rows, ((Held.Other) held).number());
  }

  private void statement(StatementId id) throws CairnException {
    Optional<Statement> statement = holdings.roster().statement(id);
    if (statement.isPresent()) {
      pieces.add(new Entry.Statement(Encoded.of(statement.get().encode()), OptionalLong.empty()));
    }
  }

  private void send(List<List<Change>> runs) throws CairnException {
    for (List<Change> run : runs) {
      pieces.add(new Entry.OfFrame(Frame.of(run), List.of()));
    }
  }
}
