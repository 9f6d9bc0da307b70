package dev.cairn.client.check;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import java.util.Locale;

/**
 * Rows against what they came to when they were last written: a row that was taken away, or put
 * back as it once was, is missed whatever it was about.
 */
final class TallyCheck {

  static final String ALTERED = "rows.altered";

  private final Fsck fsck;

  TallyCheck(Fsck fsck) {
    this.fsck = fsck;
  }

  void check(SealedRows rows) throws CairnException {
    for (Table table : rows.altered()) {
      fsck.problem(ALTERED, where(table));
    }
  }

  static String where(Table table) {
    return table.name().toLowerCase(Locale.ROOT);
  }
}
