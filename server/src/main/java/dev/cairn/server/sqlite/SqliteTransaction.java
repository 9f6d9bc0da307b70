package dev.cairn.server.sqlite;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.StoredNode;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Traces;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The write transaction, on the one connection that writes. */
final class SqliteTransaction extends SqliteView implements LedgerTransaction {

  private final Traces dropped = new Traces();
  private final Traces erased;
  private boolean ended;

  /**
   * Begins.
   *
   * @param erased where bodies that it drops are noted once they are gone
   */
  SqliteTransaction(Sql sql, Map<SpaceId, Integer> spaceNumbers, Traces erased) {
    // Its own copy: a space of a transaction that fails must not be remembered.
    super(sql, new HashMap<>(spaceNumbers), ignored -> {});
    this.erased = erased;
  }

  @Override
  public void addCode(Digest codeHash, SpaceCode code) throws StoreException {
    sql.update(
        "INSERT INTO code (hash, origin, expires_seconds) VALUES (?, ?, ?)",
        codeHash.bytes(),
        code.origin().text(),
        code.expiresSeconds());
  }

  @Override
  public void addSpace(SpaceId space, LogHead begun, Digest codeHash) throws StoreException {
    sql.update(
        "INSERT INTO space (id, origin, generation, size) VALUES (?, ?, ?, ?)",
        space.bytes(),
        begun.origin().text(),
        begun.generation(),
        begun.size());
    int used =
        sql.update(
            "UPDATE code SET space = ? WHERE hash = ? AND space IS NULL",
            number(space),
            codeHash.bytes());
    if (used != 1) {
      throw new StoreException.Overtaken();
    }
  }

  @Override
  public void addStatement(SpaceId space, LogEntry.OfStatement statement) throws StoreException {
    sql.update(
        "INSERT INTO statement (space, position, id, encoded) VALUES (?, ?, ?, ?)",
        number(space),
        statement.position(),
        statement.statement().id().bytes(),
        statement.statement().encode());
  }

  @Override
  public void addChange(SpaceId space, LogEntry.OfChange entry) throws StoreException {
    Change change = entry.change();
    Prefix prefix = change.prefix();
    int number = number(space);
    int device = device(space, prefix.device());
    sql.update(
        "INSERT INTO change"
            + " (space, position, frame_end, id, device, sequence, payload, signature, ciphertext)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        number,
        entry.position(),
        entry.frameEnd(),
        change.id().bytes(),
        device,
        prefix.sequence(),
        change.payload(),
        change.signature().map(Signature::bytes).orElse(null),
        change.ciphertext().map(Ciphertext::bytes).orElse(null));
    moveHeads(number, device, Rows.WHOLE_FEED, prefix.previous(), change.id());
    byte[] audience = Rows.audience(prefix.audience());
    moveHeads(number, device, audience, prefix.audiencePrevious(), change.id());
  }

  private void moveHeads(
      int space, int device, byte[] audience, List<ChangeId> previous, ChangeId change)
      throws StoreException {
    for (ChangeId continued : previous) {
      sql.update(
          "DELETE FROM head WHERE space = ? AND device = ? AND audience = ? AND change = ?",
          space,
          device,
          audience,
          continued.bytes());
    }
    sql.update(
        "INSERT INTO head (space, device, audience, change) VALUES (?, ?, ?, ?)",
        space,
        device,
        audience,
        change.bytes());
  }

  @Override
  public void addNaming(SpaceId space, AttachmentId attachment, Naming naming)
      throws StoreException {
    sql.update(
        "INSERT INTO naming (space, attachment, change, device, size_bytes) VALUES (?, ?, ?, ?, ?)",
        number(space),
        attachment.bytes(),
        naming.change().bytes(),
        device(space, naming.device()),
        naming.sizeBytes());
  }

  @Override
  public void setUsage(SpaceId space, DeviceId device, Usage usage) throws StoreException {
    sql.update(
        "UPDATE device SET changes = ?, size_bytes = ? WHERE space = ? AND number = ?",
        usage.changes(),
        usage.sizeBytes(),
        number(space),
        device(space, device));
  }

  /** The device's number, given to it at its first change. */
  private int device(SpaceId space, DeviceId device) throws StoreException {
    int number = number(space);
    String find = "SELECT number FROM device WHERE space = ? AND id = ?";
    var found = first(find, row -> row.getInt(1), number, device.bytes());
    if (found.isPresent()) {
      return found.get();
    }
    sql.update(
        "INSERT INTO device (space, number, id, changes, size_bytes)"
            + " SELECT ?, COALESCE(MAX(number), 0) + 1, ?, 0, 0 FROM device WHERE space = ?",
        number,
        device.bytes(),
        number);
    return first(find, row -> row.getInt(1), number, device.bytes()).orElseThrow();
  }

  @Override
  public void addErasureAhead(SpaceId space, ChangeId erased, ChangeId by, boolean drops)
      throws StoreException {
    sql.update(
        "INSERT OR IGNORE INTO erasure_ahead (space, erased, change, drops) VALUES (?, ?, ?, ?)",
        number(space),
        erased.bytes(),
        by.bytes(),
        drops ? 1 : 0);
  }

  @Override
  public void erase(SpaceId space, ChangeId change) throws StoreException {
    sql.update(
        "INSERT OR IGNORE INTO erasure (space, change) VALUES (?, ?)",
        number(space),
        change.bytes());
    sql.query(
        "SELECT ciphertext FROM change WHERE space = ? AND id = ? AND ciphertext IS NOT NULL",
        row -> {
          dropped.add(row.getBytes(1));
          return true;
        },
        number(space),
        change.bytes());
    sql.update(
        "UPDATE change SET ciphertext = NULL WHERE space = ? AND id = ?",
        number(space),
        change.bytes());
  }

  @Override
  public void addNodes(SpaceId space, long generation, List<StoredNode> nodes)
      throws StoreException {
    int number = number(space);
    for (StoredNode node : nodes) {
      sql.update(
          "INSERT INTO node (space, generation, level, position, hash) VALUES (?, ?, ?, ?, ?)",
          number,
          generation,
          node.level(),
          node.index(),
          node.hash().bytes());
    }
  }

  @Override
  public void advance(SpaceId space, LogHead from, long size, byte[] checkpoint)
      throws StoreException {
    int moved =
        sql.update(
            "UPDATE space SET size = ? WHERE id = ? AND generation = ? AND size = ?",
            size,
            space.bytes(),
            from.generation(),
            from.size());
    if (moved != 1) {
      throw new StoreException.Overtaken();
    }
    sql.update(
        "INSERT INTO checkpoint (space, generation, size, note) VALUES (?, ?, ?, ?)",
        number(space),
        from.generation(),
        size,
        checkpoint);
  }

  @Override
  public void setWaiting(SpaceId space, LogOrigin origin) throws StoreException {
    sql.update("UPDATE space SET waiting = ? WHERE number = ?", origin.text(), number(space));
  }

  @Override
  public void open(SpaceId space, LogHead from, LogHead to, byte[] checkpoint)
      throws StoreException {
    int moved =
        sql.update(
            "UPDATE space SET origin = ?, generation = ?, size = ?, waiting = NULL"
                + " WHERE id = ? AND generation = ? AND size = ?",
            to.origin().text(),
            to.generation(),
            to.size(),
            space.bytes(),
            from.generation(),
            from.size());
    if (moved != 1) {
      throw new StoreException.Overtaken();
    }
    int number = number(space);
    sql.update(
        "INSERT INTO generation (space, number, origin, size) VALUES (?, ?, ?, ?)",
        number,
        from.generation(),
        from.origin().text(),
        from.size());
    sql.update(
        "INSERT INTO node (space, generation, level, position, hash)"
            + " SELECT space, ?, level, position, hash FROM node WHERE space = ? AND generation = ?",
        to.generation(),
        number,
        from.generation());
    sql.update(
        "INSERT INTO checkpoint (space, generation, size, note) VALUES (?, ?, ?, ?)",
        number,
        to.generation(),
        to.size(),
        checkpoint);
  }

  @Override
  public void voidCodes() throws StoreException {
    sql.update("UPDATE code SET expires_seconds = 0 WHERE space IS NULL");
  }

  @Override
  public void commit() throws StoreException {
    sql.execute("COMMIT");
    ended = true;
    erased.addAll(dropped);
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      sql.execute("ROLLBACK");
    } catch (StoreException e) {
      // SQLite has already rolled back by itself (a full disk, for one): there is nothing left to
      // undo.
      ended = true;
    }
  }
}
