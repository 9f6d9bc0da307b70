package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Brings back what was lost of what the log has: puts in order what is here, reads the log from its
 * first leaf at the next sync, and only then takes the rows as they are. What is here is never
 * dropped for it, for the server may be gone.
 */
public final class Mending {

  /** What can be fetched again. */
  public static final Set<Table> FETCHED =
      Collections.unmodifiableSet(
          EnumSet.of(
              Table.STATEMENT, Table.CHANGE, Table.CHANGE_PLACE, Table.LEAVES, Table.ARRIVAL));

  private static final byte[] BEGUN = {1};

  private Mending() {}

  /** Begins if rows are too few or too many; to be asked at every sync, for it costs little. */
  public static void beginIfMiscounted(Holdings holdings) throws CairnException {
    Set<Table> wrong = holdings.store().read(SealedRows::miscounted);
    if (!Collections.disjoint(wrong, FETCHED)) {
      begin(holdings);
    }
  }

  /** Begins, unless it has. */
  public static void begin(Holdings holdings) throws CairnException {
    if (holdings.store().read(rows -> Fact.MENDING.get(rows) != null)) {
      return;
    }
    LogSight again = holdings.log().anew(holdings.isDesk());
    holdings
        .store()
        .change(
            rows -> {
              OthersChanges.putInOrder(rows);
              again.write(rows);
              Fact.MENDING.put(rows, BEGUN);
            });
    holdings.adopt(again);
  }

  /** Ends, once the log was read to its end. */
  public static void finish(Holdings holdings) throws CairnException {
    if (holdings.store().read(rows -> Fact.MENDING.get(rows) == null)) {
      return;
    }
    holdings
        .store()
        .change(
            rows -> {
              OthersChanges.findHeads(rows, holdings.device());
              rows.recount(FETCHED);
              Fact.MENDING.delete(rows);
            });
  }
}
