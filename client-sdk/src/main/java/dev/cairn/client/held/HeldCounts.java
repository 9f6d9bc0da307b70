package dev.cairn.client.held;

import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.Sha256;
import java.util.Set;
import java.util.TreeSet;

/** Counts what a store holds. */
public final class HeldCounts {

  private HeldCounts() {}

  /** Counts all of it. */
  public static HeldState of(Holdings holdings) throws CairnException {
    Set<ChangeId> ids = new TreeSet<>();
    Set<DeviceId> forked = new TreeSet<>();
    HeldReading.visit(
        holdings,
        held -> {
          ids.add(held.change().id());
          if (held.forked()) {
            forked.add(held.change().prefix().device());
          }
        });
    Sha256 digest = new Sha256();
    ids.forEach(id -> digest.update(id.bytes()));
    long own = holdings.store().read(rows -> rows.count(Table.OWN_CHANGE));
    long received = holdings.store().read(Progress::read).receivedThrough();
    return new HeldState(
        holdings.store().read(rows -> rows.count(Table.RECORD)),
        ids.size(),
        Math.max(0, own - received) + ownStatements(holdings),
        forked.size(),
        holdings.log().ref(),
        digest.digest());
  }

  /** Statements that wait; not those of others which were put before them for the log's sake. */
  private static long ownStatements(Holdings holdings) {
    return holdings.book().outbox().stream()
        .filter(statement -> statement.signers().contains(holdings.device()))
        .count();
  }
}
