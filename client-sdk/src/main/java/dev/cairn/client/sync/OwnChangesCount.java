package dev.cairn.client.sync;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;

/** How many changes this device wrote. */
final class OwnChangesCount {

  private OwnChangesCount() {}

  static long of(SealedRows rows) throws CairnException {
    return rows.count(Table.OWN_CHANGE);
  }
}
