package dev.cairn.simulation.server;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.StoredNodes;
import java.util.List;

/** Writes into a ledger what no honest server would take. */
public final class DishonestLedger {

  private DishonestLedger() {}

  /**
   * Puts a change into the log, whatever it continues, and signs that.
   *
   * @return its position
   */
  public static long add(ServerMachine server, SpaceId space, Change change) throws StoreException {
    long position;
    try (LedgerTransaction transaction = server.ledger().store().begin()) {
      LogHead head = transaction.head(space).orElseThrow();
      position = head.size();
      CompactTree.Growth growth =
          CompactTree.load(position, new StoredNodes(transaction, space, head))
              .append(List.of(change.leafHash()));
      CompactTree tree = growth.tree();
      SignedCheckpoint signed =
          server.signer().sign(new Checkpoint(head.origin(), tree.size(), tree.root()));
      transaction.advance(space, head, tree.size(), signed.note());
      transaction.addNodes(space, head.generation(), growth.nodes());
      transaction.addChange(space, new LogEntry.OfChange(position, position, change));
      transaction.commit();
    }
    // What it holds in memory is read anew.
    server.stop();
    server.start();
    return position;
  }
}
