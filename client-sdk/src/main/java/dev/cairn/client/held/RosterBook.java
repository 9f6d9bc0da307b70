package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.store.Table;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.EpochKeyRing;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The statements this device holds, what they fold to, the epoch keys it can open, and which
 * statements of its own wait to be pushed.
 *
 * <p>Rows are written inside a transaction, memory follows with {@link #adopt} once that is
 * durable.
 */
public final class RosterBook {

  private final Identity identity;
  private final EpochKeyRing keys;
  private final OwnEpochs own;
  private RosterState state;
  private List<StatementId> outbox;

  private RosterBook(
      Identity identity, RosterState state, List<StatementId> outbox, OwnEpochs own) {
    this.identity = identity;
    this.state = state;
    this.outbox = outbox;
    this.own = own;
    this.keys = EpochKeyRing.of(identity.device(), identity.encryptionKey());
    keys.open(state);
  }

  /** Reads and folds; the keys of the device's own circle are among these. */
  public static RosterBook read(SealedRows rows, Identity identity, DestructibleKeys keys)
      throws CairnException {
    List<Statement> statements = new ArrayList<>();
    rows.scan(
        Table.STATEMENT,
        0,
        row -> {
          statements.add(StoredForm.read("statement", row, RosterBook::readStatement));
          return true;
        });
    RosterState state = RosterState.fold(identity.space(), statements);
    if (!state.genesis().isPresent()) {
      throw new StoreException(
          Reason.CORRUPT, "the statement that founded the space is gone from the store");
    }
    return new RosterBook(identity, state, readOutbox(rows), new OwnEpochs(keys));
  }

  private static Statement readStatement(CborReader reader) throws CairnException {
    reader.arrayOf(2);
    Statement statement = Statement.decode(reader.bytes(Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX));
    StoredForm.readNumber(reader);
    return statement;
  }

  private static List<StatementId> readOutbox(SealedRows rows) throws CairnException {
    byte[] row = Fact.OUTBOX.get(rows);
    if (row == null) {
      return List.of();
    }
    return StoredForm.read(
        "outbox",
        row,
        reader -> {
          int count = reader.arrayHeader();
          List<StatementId> ids = new ArrayList<>(Math.min(count, 1024));
          for (int i = 0; i < count; i++) {
            ids.add(StatementId.of(reader.bytesExactly(StatementId.SIZE_BYTES)));
          }
          return ids;
        });
  }

  /** What the statements fold to. */
  public RosterState state() {
    return state;
  }

  /** The private key of an epoch, if this device was ever given it, or made and still has it. */
  public Optional<EncryptionKey> key(EpochId epoch) {
    Optional<EncryptionKey> given = keys.key(epoch);
    return given.isPresent() ? given : own.key(epoch);
  }

  /** The keys of this device's own circle. */
  public OwnEpochs own() {
    return own;
  }

  /** Every epoch key this device was given. */
  public EpochKeyRing keys() {
    return keys;
  }

  /** Statements that wait to be pushed, in order. */
  public List<Statement> outbox() {
    List<Statement> waiting = new ArrayList<>();
    outbox.forEach(id -> state.statement(id).ifPresent(waiting::add));
    return waiting;
  }

  /** Writes a statement, with its place in the log if that is known. */
  public static void write(SealedRows rows, Statement statement, OptionalLong position)
      throws CairnException {
    rows.put(Table.STATEMENT, statement.id().bytes(), bytes(statement, position));
  }

  private static byte[] bytes(Statement statement, OptionalLong position) {
    CborWriter writer = new CborWriter().array(2).bytes(statement.encode());
    StoredForm.write(writer, position);
    return writer.toBytes();
  }

  /** Forgets a statement. */
  public static void delete(SealedRows rows, StatementId statement) throws CairnException {
    rows.delete(Table.STATEMENT, statement.bytes());
  }

  /** Forgets every place in the log: another log begins. */
  public static void forgetPositions(SealedRows rows) throws CairnException {
    rows.replaceEach(
        Table.STATEMENT,
        row -> {
          Statement statement = StoredForm.read("statement", row, RosterBook::readStatement);
          return bytes(statement, OptionalLong.empty());
        });
  }

  /** The place of a statement in the log, if it is known. */
  public static OptionalLong position(SealedRows rows, StatementId statement)
      throws CairnException {
    byte[] row = rows.get(Table.STATEMENT, statement.bytes());
    if (row == null) {
      return OptionalLong.empty();
    }
    return StoredForm.read(
        "statement",
        row,
        reader -> {
          reader.arrayOf(2);
          reader.bytes(Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX);
          return StoredForm.readNumber(reader);
        });
  }

  /** Writes statements signed here, to be pushed in this order after those that wait already. */
  public void writeOutgoing(SealedRows rows, List<Statement> statements) throws CairnException {
    List<StatementId> waiting = new ArrayList<>(outbox);
    for (Statement statement : statements) {
      write(rows, statement, OptionalLong.empty());
      waiting.add(statement.id());
    }
    writeOutbox(rows, waiting);
  }

  /** Writes which statements still wait to be pushed. */
  public static void writeOutbox(SealedRows rows, List<StatementId> waiting) throws CairnException {
    CborWriter writer = new CborWriter().array(waiting.size());
    waiting.forEach(id -> writer.bytes(id.bytes()));
    Fact.OUTBOX.put(rows, writer.toBytes());
  }

  /** Follows what was made durable: a newer state, and the outbox as it stands. */
  public void adopt(RosterState newer, SealedRows rows) throws CairnException {
    outbox = readOutbox(rows);
    if (newer != state) {
      state = newer;
      keys.open(newer);
    }
  }

  /** Whose book it is. */
  public Identity identity() {
    return identity;
  }

  /** Whether a statement waits to be pushed: no receipt of it came. */
  public boolean isWaiting(StatementId statement) {
    return outbox.contains(statement);
  }

  /** Wipes the epoch keys. */
  public void wipe() {
    keys.wipe();
    own.wipe();
  }
}
