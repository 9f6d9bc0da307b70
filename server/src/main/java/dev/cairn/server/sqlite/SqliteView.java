package dev.cairn.server.sqlite;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.StoredNode;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.RefillTable;
import dev.cairn.server.ledger.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A read transaction. */
class SqliteView implements LedgerView {

  /** Positions looked at together by {@link #entries}; bounds the statements held in memory. */
  private static final int PAGE = 64;

  private static final String CHANGE_COLUMNS =
      "position, frame_end, payload, ciphertext, signature FROM change ";

  final Sql sql;
  private final Map<SpaceId, Integer> spaceNumbers;
  private final Consumer<Sql> giveBack;

  SqliteView(Sql sql, Map<SpaceId, Integer> spaceNumbers, Consumer<Sql> giveBack) {
    this.sql = sql;
    this.spaceNumbers = spaceNumbers;
    this.giveBack = giveBack;
  }

  @Override
  public List<SpaceId> spaces() throws StoreException {
    List<SpaceId> found = new ArrayList<>();
    each("SELECT id FROM space ORDER BY number", row -> found.add(SpaceId.of(row.getBytes(1))));
    return found;
  }

  @Override
  public Optional<LogHead> head(SpaceId space) throws StoreException {
    return first(
        "SELECT origin, generation, size FROM space WHERE id = ?",
        row -> new LogHead(new LogOrigin(row.getString(1)), row.getLong(2), row.getLong(3)),
        space.bytes());
  }

  @Override
  public Optional<byte[]> checkpoint(SpaceId space, long generation, long size)
      throws StoreException {
    return first(
        "SELECT note FROM checkpoint WHERE space = ? AND generation = ? AND size = ?",
        row -> row.getBytes(1),
        number(space),
        generation,
        size);
  }

  @Override
  public List<Long> checkpointSizes(SpaceId space, long generation) throws StoreException {
    List<Long> found = new ArrayList<>();
    each(
        "SELECT size FROM checkpoint WHERE space = ? AND generation = ? ORDER BY size",
        row -> found.add(row.getLong(1)),
        number(space),
        generation);
    return found;
  }

  @Override
  public OptionalLong checkpointAfter(SpaceId space, long generation, long size)
      throws StoreException {
    return first(
            "SELECT size FROM checkpoint WHERE space = ? AND generation = ? AND size > ?"
                + " ORDER BY size LIMIT 1",
            row -> row.getLong(1),
            number(space),
            generation,
            size)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  @Override
  public Digest node(SpaceId space, long generation, int level, long index) throws StoreException {
    return first(
            "SELECT hash FROM node WHERE space = ? AND generation = ? AND level = ? AND position = ?",
            row -> digest(row.getBytes(1)),
            number(space),
            generation,
            level,
            index)
        .orElseThrow(() -> new StoreException.Corrupt("node " + level + "/" + index + " missing"));
  }

  @Override
  public List<Digest> leaves(SpaceId space, long generation, long first, int count)
      throws StoreException {
    List<Digest> found = new ArrayList<>();
    each(
        "SELECT hash FROM node WHERE space = ? AND generation = ? AND level = 0 AND position >= ?"
            + " ORDER BY position LIMIT ?",
        row -> found.add(digest(row.getBytes(1))),
        number(space),
        generation,
        first,
        count);
    return found;
  }

  @Override
  public OptionalLong position(SpaceId space, StatementId statement) throws StoreException {
    return place(
        "SELECT position FROM statement WHERE space = ? AND id = ?", space, statement.bytes());
  }

  @Override
  public OptionalLong position(SpaceId space, ChangeId change) throws StoreException {
    return place("SELECT position FROM change WHERE space = ? AND id = ?", space, change.bytes());
  }

  private OptionalLong place(String query, SpaceId space, byte[] id) throws StoreException {
    Optional<Long> found = first(query, row -> row.getLong(1), number(space), id);
    return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
  }

  @Override
  public List<LogEntry.OfStatement> statements(SpaceId space) throws StoreException {
    List<LogEntry.OfStatement> found = new ArrayList<>();
    each(
        "SELECT position, encoded FROM statement WHERE space = ? ORDER BY position",
        row -> found.add(Rows.statement(row)),
        number(space));
    return found;
  }

  @Override
  public Optional<LogEntry.OfChange> change(SpaceId space, ChangeId id) throws StoreException {
    return first(
        "SELECT " + CHANGE_COLUMNS + "WHERE space = ? AND id = ?",
        Rows::change,
        number(space),
        id.bytes());
  }

  @Override
  public Optional<Prefix> prefix(SpaceId space, ChangeId id) throws StoreException {
    return first(
        "SELECT position, payload FROM change WHERE space = ? AND id = ?",
        row -> Rows.payload(row.getLong(1), row.getBytes(2)).prefix(),
        number(space),
        id.bytes());
  }

  @Override
  public List<Placed> feed(SpaceId space, DeviceId device, long fromSequence, int countMax)
      throws StoreException {
    List<Placed> found = new ArrayList<>();
    each(
        "SELECT c.position, c.payload FROM device d"
            + " JOIN change c ON c.space = d.space AND c.device = d.number"
            + " WHERE d.space = ? AND d.id = ? AND c.sequence >= ? ORDER BY c.sequence LIMIT ?",
        row -> found.add(new Placed(row.getLong(1), Rows.payload(row.getLong(1), row.getBytes(2)))),
        number(space),
        device.bytes(),
        fromSequence,
        countMax);
    return found;
  }

  @Override
  public Set<ChangeId> heads(SpaceId space, DeviceId device) throws StoreException {
    return heads(space, device, Rows.WHOLE_FEED);
  }

  @Override
  public Set<ChangeId> heads(SpaceId space, DeviceId device, Audience audience)
      throws StoreException {
    return heads(space, device, Rows.audience(audience));
  }

  private Set<ChangeId> heads(SpaceId space, DeviceId device, byte[] audience)
      throws StoreException {
    Set<ChangeId> found = new TreeSet<>();
    each(
        "SELECT h.change FROM device d JOIN head h ON h.space = d.space AND h.device = d.number"
            + " WHERE d.space = ? AND d.id = ? AND h.audience = ?",
        row -> found.add(ChangeId.of(row.getBytes(1))),
        number(space),
        device.bytes(),
        audience);
    return found;
  }

  @Override
  public boolean isHead(
      SpaceId space, DeviceId device, @Nullable Audience audience, ChangeId change)
      throws StoreException {
    return first(
            "SELECT 1 FROM device d JOIN head h ON h.space = d.space AND h.device = d.number"
                + " WHERE d.space = ? AND d.id = ? AND h.audience = ? AND h.change = ?",
            row -> row.getInt(1),
            number(space),
            device.bytes(),
            audience == null ? Rows.WHOLE_FEED : Rows.audience(audience),
            change.bytes())
        .isPresent();
  }

  @Override
  public int headCount(SpaceId space, DeviceId device, @Nullable Audience audience)
      throws StoreException {
    return first(
            "SELECT COUNT(*) FROM device d JOIN head h ON h.space = d.space"
                + " AND h.device = d.number WHERE d.space = ? AND d.id = ? AND h.audience = ?",
            row -> row.getInt(1),
            number(space),
            device.bytes(),
            audience == null ? Rows.WHOLE_FEED : Rows.audience(audience))
        .orElse(0);
  }

  @Override
  public List<ChangeId> erasuresAhead(SpaceId space, ChangeId erased, boolean drops)
      throws StoreException {
    List<ChangeId> found = new ArrayList<>();
    each(
        "SELECT change FROM erasure_ahead WHERE space = ? AND erased = ? AND drops = ?",
        row -> found.add(ChangeId.of(row.getBytes(1))),
        number(space),
        erased.bytes(),
        drops ? 1 : 0);
    return found;
  }

  @Override
  public boolean isErased(SpaceId space, ChangeId change) throws StoreException {
    return first(
            "SELECT 1 FROM erasure WHERE space = ? AND change = ?",
            row -> row.getInt(1),
            number(space),
            change.bytes())
        .isPresent();
  }

  @Override
  public void entries(SpaceId space, long from, EntryVisitor visitor) throws StoreException {
    EntryMerge merge = new EntryMerge(from, visitor);
    while (merge.wantsMore()) {
      page(number(space), merge);
    }
  }

  /** One run of positions: its statements, which are few, then its changes one by one between. */
  private void page(int space, EntryMerge merge) throws StoreException {
    long from = merge.next();
    long until = from + PAGE;
    each(
        "SELECT position, encoded FROM statement"
            + " WHERE space = ? AND position >= ? AND position < ?",
        row -> merge.hold(Rows.statement(row)),
        space,
        from,
        until);
    sql.query(
        "SELECT "
            + CHANGE_COLUMNS
            + "WHERE space = ? AND position >= ? AND position < ? ORDER BY position",
        row -> merge.take(Rows.change(row)),
        space,
        from,
        until);
    merge.endPage(until);
  }

  @Override
  public Usage usage(SpaceId space, DeviceId device) throws StoreException {
    return first(
            "SELECT changes, size_bytes FROM device WHERE space = ? AND id = ?",
            row -> new Usage(row.getLong(1), row.getLong(2)),
            number(space),
            device.bytes())
        .orElse(new Usage(0, 0));
  }

  @Override
  public List<Naming> namings(SpaceId space, AttachmentId attachment) throws StoreException {
    List<Naming> found = new ArrayList<>();
    each(
        "SELECT n.change, d.id, n.size_bytes FROM naming n"
            + " JOIN device d ON d.space = n.space AND d.number = n.device"
            + " JOIN change c ON c.space = n.space AND c.id = n.change"
            + " WHERE n.space = ? AND n.attachment = ? AND NOT EXISTS"
            + " (SELECT 1 FROM erasure e WHERE e.space = n.space AND e.change = n.change)"
            + " ORDER BY c.position",
        row ->
            found.add(
                new Naming(
                    ChangeId.of(row.getBytes(1)), DeviceId.of(row.getBytes(2)), row.getLong(3))),
        number(space),
        attachment.bytes());
    return found;
  }

  @Override
  public List<AttachmentId> attachments(SpaceId space) throws StoreException {
    List<AttachmentId> found = new ArrayList<>();
    each(
        "SELECT DISTINCT attachment FROM naming WHERE space = ?",
        row -> found.add(AttachmentId.of(row.getBytes(1))),
        number(space));
    return found;
  }

  @Override
  public Optional<SpaceCode> code(Digest codeHash) throws StoreException {
    return first(
        "SELECT origin, expires_seconds FROM code WHERE hash = ? AND space IS NULL",
        row -> new SpaceCode(new LogOrigin(row.getString(1)), row.getLong(2)),
        codeHash.bytes());
  }

  @Override
  public Optional<SpaceId> spaceOf(Digest codeHash) throws StoreException {
    return first(
        "SELECT space.id FROM code JOIN space ON space.number = code.space WHERE code.hash = ?",
        row -> SpaceId.of(row.getBytes(1)),
        codeHash.bytes());
  }

  @Override
  public void nodes(SpaceId space, long generation, NodeVisitor visitor) throws StoreException {
    sql.query(
        "SELECT level, position, hash FROM node WHERE space = ? AND generation = ?",
        row -> {
          visitor.visit(new StoredNode(row.getInt(1), row.getLong(2), digest(row.getBytes(3))));
          return true;
        },
        number(space),
        generation);
  }

  @Override
  public Optional<LogOrigin> waiting(SpaceId space) throws StoreException {
    return first(
        "SELECT waiting FROM space WHERE id = ? AND waiting IS NOT NULL",
        row -> new LogOrigin(row.getString(1)),
        space.bytes());
  }

  @Override
  public Optional<LogHead> ended(SpaceId space, long generation) throws StoreException {
    return first(
        "SELECT origin, number, size FROM generation WHERE space = ? AND number = ?",
        row -> new LogHead(new LogOrigin(row.getString(1)), row.getLong(2), row.getLong(3)),
        number(space),
        generation);
  }

  @Override
  public RefillTable refill() {
    return new SqliteRefill(this);
  }

  @Override
  public void close() {
    giveBack.accept(sql);
  }

  /**
   * The space's number, which all other tables know it by; -1, which none has, if it is unknown.
   */
  final int number(SpaceId space) throws StoreException {
    Integer known = spaceNumbers.get(space);
    if (known != null) {
      return known;
    }
    int found =
        first("SELECT number FROM space WHERE id = ?", row -> row.getInt(1), space.bytes())
            .orElse(-1);
    if (found >= 0) {
      spaceNumbers.put(space, found);
    }
    return found;
  }

  final <T> Optional<T> first(String query, RowMapper<T> mapper, Object... values)
      throws StoreException {
    List<T> found = new ArrayList<>(1);
    sql.query(
        query,
        row -> {
          found.add(mapper.map(row));
          return false;
        },
        values);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  private void each(String query, RowMapper<?> mapper, Object... values) throws StoreException {
    sql.query(
        query,
        row -> {
          mapper.map(row);
          return true;
        },
        values);
  }

  private static Digest digest(byte[] hash) {
    return Digest.of(hash);
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException, StoreException;
  }
}
