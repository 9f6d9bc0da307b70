package dev.cairn.server.sqlite;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.RefillTable;
import dev.cairn.server.ledger.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tables of what stands aside while a space is being refilled. */
final class SqliteRefill implements RefillTable {

  private static final String WHOLE =
      "(e.statement IS NOT NULL OR e.ciphertext IS NOT NULL OR e.frame_end < 0)";

  private final SqliteView view;
  private final Sql sql;

  SqliteRefill(SqliteView view) {
    this.view = view;
    this.sql = view.sql;
  }

  @Override
  public Optional<Mark> mark(SpaceId space) throws StoreException {
    return view.first(
        "SELECT note, forked FROM refill WHERE space = ?",
        row -> new Mark(Optional.ofNullable(row.getBytes(1)), row.getInt(2) != 0),
        view.number(space));
  }

  @Override
  public Optional<Digest> leaf(SpaceId space, long position) throws StoreException {
    return view.first(
        "SELECT hash FROM refill_leaf WHERE space = ? AND position = ?",
        row -> Digest.of(row.getBytes(1)),
        view.number(space),
        position);
  }

  @Override
  public OptionalLong place(SpaceId space, Digest leaf) throws StoreException {
    Optional<Long> found =
        view.first(
            "SELECT position FROM refill_leaf WHERE space = ? AND hash = ?",
            row -> row.getLong(1),
            view.number(space),
            leaf.bytes());
    return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
  }

  @Override
  public void leaves(SpaceId space, LeafVisitor visitor) throws StoreException {
    sql.query(
        "SELECT l.position, e.position IS NOT NULL AND "
            + WHOLE
            + " FROM refill_leaf l LEFT JOIN refill_entry e"
            + " ON e.space = l.space AND e.position = l.position"
            + " WHERE l.space = ? ORDER BY l.position",
        row -> {
          visitor.visit(row.getLong(1), row.getInt(2) != 0);
          return true;
        },
        view.number(space));
  }

  @Override
  public boolean isKept(SpaceId space, long position) throws StoreException {
    return view.first(
            "SELECT 1 FROM refill_entry WHERE space = ? AND position = ?",
            row -> row.getInt(1),
            view.number(space),
            position)
        .isPresent();
  }

  @Override
  public long keptCount(SpaceId space) throws StoreException {
    return view.first(
            "SELECT COUNT(*) FROM refill_entry WHERE space = ?",
            row -> row.getLong(1),
            view.number(space))
        .orElse(0L);
  }

  @Override
  public boolean isWhole(SpaceId space, long position) throws StoreException {
    return view.first(
            "SELECT 1 FROM refill_entry e WHERE e.space = ? AND e.position = ? AND " + WHOLE,
            row -> row.getInt(1),
            view.number(space),
            position)
        .isPresent();
  }

  @Override
  public List<LogEntry> entries(SpaceId space, long from, int countMax) throws StoreException {
    List<LogEntry> found = new ArrayList<>();
    sql.query(
        "SELECT position, frame_end, payload, ciphertext, signature, statement FROM refill_entry"
            + " WHERE space = ? AND position >= ? ORDER BY position LIMIT ?",
        row -> found.add(entry(row)),
        view.number(space),
        from,
        countMax);
    return found;
  }

  private static LogEntry entry(ResultSet row) throws SQLException, StoreException {
    byte[] encoded = row.getBytes(6);
    if (encoded != null) {
      return new LogEntry.OfStatement(row.getLong(1), statement(encoded));
    }
    LogEntry.OfChange change = Rows.change(row);
    // A session statement has no body to wait for; its end is kept so that this shows.
    long end = change.frameEnd() < 0 ? -1 - change.frameEnd() : change.frameEnd();
    return new LogEntry.OfChange(change.position(), end, change.change());
  }

  private static Statement statement(byte[] encoded) throws StoreException {
    try {
      return Statement.decode(encoded);
    } catch (CairnException e) {
      throw new StoreException.Corrupt("statement handed in: " + e.getMessage());
    }
  }

  @Override
  public List<Statement> statements(SpaceId space) throws StoreException {
    return decoded(
        "SELECT statement FROM refill_entry WHERE space = ? AND statement IS NOT NULL"
            + " ORDER BY position",
        space);
  }

  @Override
  public List<Statement> generations(SpaceId space) throws StoreException {
    return decoded(
        "SELECT encoded FROM refill_generation WHERE space = ? ORDER BY number, id", space);
  }

  private List<Statement> decoded(String query, SpaceId space) throws StoreException {
    List<Statement> found = new ArrayList<>();
    sql.query(query, row -> found.add(statement(row.getBytes(1))), view.number(space));
    return found;
  }

  @Override
  public void begin(SpaceId space) throws StoreException {
    end(space);
    sql.update("INSERT INTO refill (space, forked) VALUES (?, 0)", view.number(space));
    sql.update("UPDATE space SET waiting = NULL WHERE number = ?", view.number(space));
  }

  @Override
  public void show(SpaceId space, byte[] note) throws StoreException {
    sql.update("UPDATE refill SET note = ? WHERE space = ?", note, view.number(space));
  }

  @Override
  public void fork(SpaceId space) throws StoreException {
    sql.update("UPDATE refill SET forked = 1 WHERE space = ?", view.number(space));
  }

  @Override
  public void addLeaf(SpaceId space, long position, Digest leaf) throws StoreException {
    sql.update(
        "INSERT INTO refill_leaf (space, position, hash) VALUES (?, ?, ?)",
        view.number(space),
        position,
        leaf.bytes());
  }

  @Override
  public void put(SpaceId space, LogEntry entry) throws StoreException {
    remove(space, entry.position());
    if (entry instanceof LogEntry.OfStatement statement) {
      sql.update(
          "INSERT INTO refill_entry (space, position, frame_end, statement) VALUES (?, ?, ?, ?)",
          view.number(space),
          entry.position(),
          entry.position(),
          statement.statement().encode());
      return;
    }
    LogEntry.OfChange of = (LogEntry.OfChange) entry;
    Change change = of.change();
    sql.update(
        "INSERT INTO refill_entry (space, position, frame_end, payload, signature, ciphertext)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        view.number(space),
        entry.position(),
        change.opensSession() ? -1 - of.frameEnd() : of.frameEnd(),
        change.payload(),
        change.signature().map(Signature::bytes).orElse(null),
        change.ciphertext().map(Ciphertext::bytes).orElse(null));
  }

  @Override
  public void remove(SpaceId space, long position) throws StoreException {
    sql.update(
        "DELETE FROM refill_entry WHERE space = ? AND position = ?", view.number(space), position);
  }

  @Override
  public void addGeneration(SpaceId space, long number, Statement statement) throws StoreException {
    sql.update(
        "INSERT OR IGNORE INTO refill_generation (space, number, id, encoded) VALUES (?, ?, ?, ?)",
        view.number(space),
        number,
        statement.id().bytes(),
        statement.encode());
  }

  @Override
  public void clear(SpaceId space) throws StoreException {
    sql.update("DELETE FROM refill_leaf WHERE space = ?", view.number(space));
    sql.update("DELETE FROM refill_entry WHERE space = ?", view.number(space));
  }

  @Override
  public void end(SpaceId space) throws StoreException {
    clear(space);
    sql.update("DELETE FROM refill_generation WHERE space = ?", view.number(space));
    sql.update("DELETE FROM refill WHERE space = ?", view.number(space));
  }
}
