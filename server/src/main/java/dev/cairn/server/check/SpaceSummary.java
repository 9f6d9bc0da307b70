package dev.cairn.server.check;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.StoredNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the server holds of one space.
 *
 * @param statements in its roster
 * @param changes in its log
 * @param forks devices whose feed has more than one head
 * @param generation of its log
 * @param size leaves in its log
 * @param root of its log
 * @param setDigest SHA-256 over the ids of all changes held, ascending
 */
public record SpaceSummary(
    SpaceId space,
    long statements,
    long changes,
    long forks,
    long generation,
    long size,
    Digest root,
    Digest setDigest) {

  /** Counts what a view shows of a space. */
  static SpaceSummary of(LedgerView view, SpaceId space) throws StoreException {
    LogHead head = view.head(space).orElseThrow();
    Counted counted = new Counted();
    view.entries(space, 0, counted);
    long forks = 0;
    for (DeviceId device : counted.devices) {
      forks += view.heads(space, device).size() > 1 ? 1 : 0;
    }
    CompactTree tree = CompactTree.load(head.size(), new StoredNodes(view, space, head));
    return new SpaceSummary(
        space,
        counted.statements,
        counted.changes.size(),
        forks,
        head.generation(),
        head.size(),
        tree.root(),
        digest(counted.changes));
  }

  private static Digest digest(List<ChangeId> changes) {
    Collections.sort(changes);
    Sha256 hash = new Sha256();
    changes.forEach(change -> hash.update(change.bytes()));
    return hash.digest();
  }

  private static final class Counted implements LedgerView.EntryVisitor {
    private final List<ChangeId> changes = new ArrayList<>();
    private final Set<DeviceId> devices = new HashSet<>();
    private long statements;

    @Override
    public boolean visit(LogEntry entry) {
      if (entry instanceof LogEntry.OfChange change) {
        changes.add(change.change().id());
        devices.add(change.change().prefix().device());
      } else {
        statements++;
      }
      return true;
    }
  }
}
