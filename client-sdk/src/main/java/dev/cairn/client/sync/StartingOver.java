package dev.cairn.client.sync;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Epoch;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import java.util.ArrayList;
import java.util.List;

/**
 * What a device does when the log that receipts were for turns out not to be the one that others
 * see: they prove nothing any more. Everything of its own waits again, by network and by hand, and
 * is asked for before it is sent; what is in the log already costs a question.
 */
final class StartingOver {

  private StartingOver() {}

  static void write(Holdings holdings, SealedRows rows) throws CairnException {
    Progress.read(rows).unproven().write(rows);
    List<StatementId> waiting = new ArrayList<>();
    for (Statement statement : holdings.roster().statements()) {
      if (bringsItIn(holdings, statement)) {
        waiting.add(0, statement.id());
      } else if (isItsOwnEpoch(holdings, statement)) {
        waiting.add(statement.id());
      }
    }
    for (Statement statement : holdings.book().outbox()) {
      if (!waiting.contains(statement.id())) {
        waiting.add(statement.id());
      }
    }
    RosterBook.writeOutbox(rows, waiting);
  }

  /** Whether it makes this device one of the space's. */
  static boolean bringsItIn(Holdings holdings, Statement statement) {
    return (statement.kind() == StatementKind.ADMISSION
            || statement.kind() == StatementKind.REPLACEMENT)
        && statement.signers().contains(holdings.device());
  }

  /** One of its own making: anybody can put the circle's name on an epoch and hand it out. */
  private static boolean isItsOwnEpoch(Holdings holdings, Statement statement) {
    return statement.content() instanceof Epoch epoch
        && epoch.circle().equals(holdings.identity().ownCircle())
        && statement.signers().contains(holdings.device());
  }
}
