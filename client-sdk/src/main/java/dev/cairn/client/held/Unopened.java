package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Changes that are told to this device and came without their body, of which nothing else is kept:
 * whoever handed them over may have left it out, and what they say is read when it comes.
 */
public final class Unopened {

  private Unopened() {}

  /** Notes one. */
  public static void add(SealedRows rows, ChangeId change) throws CairnException {
    Set<ChangeId> all = read(rows);
    if (all.add(change)) {
      write(rows, all);
    }
  }

  /** Whether it was one until now. */
  public static boolean remove(SealedRows rows, ChangeId change) throws CairnException {
    Set<ChangeId> all = read(rows);
    boolean was = all.remove(change);
    if (was) {
      write(rows, all);
    }
    return was;
  }

  private static Set<ChangeId> read(SealedRows rows) throws CairnException {
    byte[] row = Fact.UNOPENED.get(rows);
    return row == null
        ? new LinkedHashSet<>()
        : new LinkedHashSet<>(StoredForm.read("unopened", row, StoredForm::readIds));
  }

  private static void write(SealedRows rows, Set<ChangeId> changes) throws CairnException {
    CborWriter writer = new CborWriter();
    StoredForm.write(writer, changes);
    Fact.UNOPENED.put(rows, writer.toBytes());
  }
}
