package dev.cairn.simulation.world;

import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.server.ServerMachine;
import java.util.ArrayList;
import java.util.List;

/** What somebody has seen of a log, held against the one that a server has. */
enum SeenLog {
  /** The server's is of an earlier generation, or has fewer leaves. */
  SHORTER,
  /** The server's has as many leaves, and the same. */
  CONTINUED,
  /** The server's has as many leaves, and others. */
  CONTRADICTED,
  /** The server's is of a later generation. */
  RENEWED;

  static SeenLog of(CheckpointRef seen, ServerMachine server, SpaceId space) throws StoreException {
    try (LedgerView view = server.ledger().store().view()) {
      LogHead head = view.head(space).orElseThrow();
      if (head.generation() != seen.generation()) {
        return head.generation() < seen.generation() ? SHORTER : RENEWED;
      }
      if (head.size() < seen.size()) {
        return SHORTER;
      }
      List<Digest> leaves =
          new ArrayList<>(view.leaves(space, head.generation(), 0, Math.toIntExact(seen.size())));
      return MerkleRoot.of(leaves).equals(seen.root()) ? CONTINUED : CONTRADICTED;
    }
  }
}
