package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import java.util.Set;

/**
 * Changes that are told to this device and came without their body, of which nothing else is kept:
 * whoever handed them over may have left it out, and what they say is read when it comes.
 */
public final class Bodiless {

  private Bodiless() {}

  /** Notes one. */
  public static void add(SealedRows rows, ChangeId change) throws CairnException {
    Set<ChangeId> all = StoredIds.read(rows, Fact.BODILESS);
    if (all.add(change)) {
      StoredIds.write(rows, Fact.BODILESS, all);
    }
  }

  /** Whether it was one until now. */
  public static boolean remove(SealedRows rows, ChangeId change) throws CairnException {
    Set<ChangeId> all = StoredIds.read(rows, Fact.BODILESS);
    boolean was = all.remove(change);
    if (was) {
      StoredIds.write(rows, Fact.BODILESS, all);
    }
    return was;
  }
}
