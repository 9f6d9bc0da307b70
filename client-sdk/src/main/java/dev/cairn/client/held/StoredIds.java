package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** A set of changes that is one row, in the order in which they came into it. */
final class StoredIds {

  private StoredIds() {}

  /** The set, to be altered by the caller; empty if there is no row. */
  static Set<ChangeId> read(SealedRows rows, Fact fact) throws CairnException {
    byte[] row = fact.get(rows);
    return row == null
        ? new LinkedHashSet<>()
        : new LinkedHashSet<>(
            StoredForm.read(fact.name().toLowerCase(Locale.ROOT), row, StoredForm::readIds));
  }

  static void write(SealedRows rows, Fact fact, Collection<ChangeId> changes)
      throws CairnException {
    CborWriter writer = new CborWriter();
    StoredForm.write(writer, changes);
    fact.put(rows, writer.toBytes());
  }
}
