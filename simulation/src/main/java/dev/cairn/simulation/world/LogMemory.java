package dev.cairn.simulation.world;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.audit.Auditor;
import dev.cairn.simulation.server.ServerMachine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was ever in a log that signs with the log's key, whatever became of that log. */
final class LogMemory {

  private final Set<ChangeId> changes = new HashSet<>();

  /** Remembers all that a server has: to be called before an older copy takes its place. */
  void keep(ServerMachine server, SpaceId space) throws StoreException {
    try (LedgerView view = server.ledger().store().view()) {
      view.entries(
          space,
          0,
          entry -> {
            if (entry instanceof LogEntry.OfChange of) {
              changes.add(of.change().id());
            }
            return true;
          });
    }
  }

  /** Tells of all that a server has signed: to be called before it goes back and says nothing. */
  void show(ServerMachine server, SpaceId space, Auditor auditor) throws StoreException {
    try (LedgerView view = server.ledger().store().view()) {
      long generation = view.head(space).orElseThrow().generation();
      for (long size : view.checkpointSizes(space, generation)) {
        view.checkpoint(space, generation, size).ifPresent(auditor::answered);
      }
    }
  }

  /** Those that were never in a log, of what these servers have. */
  List<ChangeId> lacks(Collection<ChangeId> asked, List<ServerMachine> servers, SpaceId space)
      throws StoreException {
    List<ChangeId> missing = new ArrayList<>(asked);
    missing.removeAll(changes);
    for (ServerMachine server : servers) {
      if (missing.isEmpty()) {
        break;
      }
      try (LedgerView view = server.ledger().store().view()) {
        for (ChangeId change : List.copyOf(missing)) {
          if (view.position(space, change).isPresent()) {
            changes.add(change);
            missing.remove(change);
          }
        }
      }
    }
    return missing;
  }
}
