package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows by name, one for each standing fact. The names are never used anew. */
public enum Fact {
  /** {@link Identity}. */
  IDENTITY("identity"),
  /** {@link Progress}. */
  PROGRESS("progress"),
  /** {@link LogSight}. */
  LOG("log"),
  /** The hybrid clock last written or followed. */
  CLOCK("clock"),
  /** {@link OwnFeed}: the heads of this device's feed. */
  FEED("feed"),
  /** Statements to be pushed, in order. */
  OUTBOX("outbox"),
  /** The server's nonce and when it came. */
  NONCE("nonce"),
  /** The two signed checkpoints that prove the server a liar. */
  LIE("lie"),
  /** What is left to do of founding or recovering a space. */
  FOUNDING("founding"),
  /** Devices that a recovery cut off and whose past is still to be released. */
  LOST("lost"),
  /** How much of which log had been read when they were looked for last. */
  LOST_SOUGHT("lost-sought"),
  /** Devices whose changes were in the log while this device did not know them. */
  ASIDE("aside"),
  /** Who was known when there was no room to remember another of those. */
  CROWD("crowd"),
  /** That the log, as far as it was read, continues what this device was not shown. */
  GAP("gap"),
  /** What this device may read by what it knows, and the server called another's. */
  UNSHOWN("unshown"),
  /** {@link Unreconciled}: checkpoints that came by hand and wait to be held against the log. */
  UNRECONCILED("unreconciled"),
  /** Where the next bundle begins, when the last one had no room for everything. */
  BUNDLE("bundle"),
  /** The number of the next parcel that is carried for others. */
  CARRIED("carried"),
  /** How many changes of others were ever kept: the number of the next one. */
  KEPT("kept", Table.ARRIVAL),
  /** How many receipts were ever kept: the number of the next one. */
  RECEIPTS("receipts"),
  /** {@link Withheld}: changes that came without their body. */
  WITHHELD("withheld"),
  /** That the server was called a liar for those. */
  WITHHELD_TOLD("withheld-told"),
  /** {@link Bodiless}: changes for this device that came without their body. */
  BODILESS("unopened"),
  /** The number before which parcels of others were handed on in a bundle. */
  HANDED_ON("handed-on"),
  /** Parcels that were taken in or handed to the server, so that they are not taken again. */
  PASSED("passed"),
  /** Devices whose changes came by hand, so that answers go back the same way. */
  MET("met"),
  /**
   * When the keys of this device's own circle were made, and since when older ones are not used.
   */
  OWN_EPOCHS("own-epochs"),
  /** Records whose key is about to be destroyed. */
  SEALING("sealing"),
  /** {@link Mending} has begun. */
  MENDING("mending"),
  /** The generation of the log to which what is held is still to be handed. */
  ANEW("anew"),
  /** Statements of generations that this owner signed and heard no answer to. */
  OPENING("opening"),
  /** What an owner founds the space with on another server, until that server has answered. */
  MOVING("moving"),
  /** {@link UnknownHeads}: branches of this device's feed that this store had not seen. */
  UNKNOWN_HEADS("unknown-heads"),
  /** What was handed to the log last because it was released. */
  RELEASED("released"),
  /** {@link FilesToShow}: how far a server was asked for the files it may have lost. */
  FILES_TO_SHOW("files-to-show");

  private final String name;
  private final Table table;

  Fact(String name) {
    this(name, Table.FACT);
  }

  Fact(String name, Table table) {
    this.name = name;
    this.table = table;
  }

  /** The row, or null. */
  public byte @Nullable [] get(SealedRows rows) throws CairnException {
    return rows.get(table, key());
  }

  /** Writes the row. */
  public void put(SealedRows rows, byte[] value) throws CairnException {
    rows.put(table, key(), value);
  }

  /** The number that comes next in a count that is this row, and counts on. */
  public long countOn(SealedRows rows) throws CairnException {
    long number = counted(rows);
    put(rows, new CborWriter().uint(number + 1).toBytes());
    return number;
  }

  /**
   * The number of the next row of a table whose count is this row. Should the count be older than
   * the rows, it follows them: nothing that is there is ever written over.
   */
  long countOn(SealedRows rows, Table table) throws CairnException {
    long number = counted(rows);
    if (rows.has(table, number)) {
      List<Long> beyond = rows.numbers(table, number);
      number = beyond.get(beyond.size() - 1) + 1;
    }
    put(rows, new CborWriter().uint(number + 1).toBytes());
    return number;
  }

  /** How far a count that is this row has come. */
  public long counted(SealedRows rows) throws CairnException {
    byte[] row = get(rows);
    return row == null ? 0 : StoredForm.read(name, row, CborReader::uint);
  }

  /** Removes the row. */
  public void delete(SealedRows rows) throws CairnException {
    rows.delete(table, key());
  }

  private byte[] key() {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
