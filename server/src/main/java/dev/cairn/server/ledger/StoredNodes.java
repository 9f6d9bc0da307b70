package dev.cairn.server.ledger;

import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.HashSource;
import dev.cairn.protocol.suite.Digest;

/** The stored subtrees of one log, for making proofs; faults come as unchecked exceptions. */
public final class StoredNodes implements HashSource {

  private final LedgerView view;
  private final SpaceId space;
  private final long generation;

  /** The nodes of the generation that {@code head} is of. */
  public StoredNodes(LedgerView view, SpaceId space, LogHead head) {
    this.view = view;
    this.space = space;
    this.generation = head.generation();
  }

  @Override
  public Digest hash(int level, long index) {
    try {
      return view.node(space, generation, level, index);
    } catch (StoreException e) {
      throw new UncheckedStoreException(e);
    }
  }
}
