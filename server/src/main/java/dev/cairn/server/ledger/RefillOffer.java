package dev.cairn.server.ledger;

import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import java.util.List;

/** One thing that is handed in to a restored server. */
public sealed interface RefillOffer {

  /** A checkpoint that was found to be signed by the log. */
  record Shown(SignedCheckpoint checkpoint) implements RefillOffer {}

  /**
   * Leaves that were found to be in the tree of a checkpoint of the log.
   *
   * @param first the position of the first
   */
  record Leaves(long first, List<Digest> leaves, SignedCheckpoint under) implements RefillOffer {
    /** Takes a copy. */
    public Leaves {
      leaves = List.copyOf(leaves);
    }
  }

  /** A statement or frame, judged as an {@link Offer} is. */
  record Entry(Offer offer) implements RefillOffer {}
}
