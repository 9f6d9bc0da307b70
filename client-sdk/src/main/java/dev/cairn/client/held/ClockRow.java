package dev.cairn.client.held;

import dev.cairn.client.host.Host;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.merge.Hlc;

/** The hybrid clock this device wrote or followed last. */
public final class ClockRow {

  private ClockRow() {}

  /** Reads it; 0 in a new store. */
  public static long read(SealedRows rows) throws CairnException {
    byte[] row = Fact.CLOCK.get(rows);
    return row == null ? 0 : StoredForm.read("clock", row, CborReader::uint);
  }

  /** Writes it. */
  public static void write(SealedRows rows, long clock) throws CairnException {
    Fact.CLOCK.put(rows, new CborWriter().uint(clock).toBytes());
  }

  /** The clock after one of somebody else was seen. */
  public static long follow(long own, long remote, Host host) {
    return Hlc.observe(own, remote, host.nowMillis());
  }

  /** The clock of the next change. */
  public static long next(long last, Host host) {
    return Hlc.now(last, host.nowMillis());
  }
}
