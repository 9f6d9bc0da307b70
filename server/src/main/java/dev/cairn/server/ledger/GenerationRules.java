package dev.cairn.server.ledger;

import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.roster.Generation;
import java.util.Optional;

/**
 * When the statement of a generation is carried out: it names the log that waits here, and ends one
 * that is this one. Whether its signer may is for the roster to say, and was asked before.
 */
final class GenerationRules {

  private GenerationRules() {}

  /**
   * Opens the log that a statement names, unless it is open already.
   *
   * @return false if it names another log than this server has or had under that number
   */
  static boolean opens(SpaceBatch batch, Generation generation) throws StoreException {
    if (generation.number() <= batch.generation()) {
      // A second owner said the same at the same time: it is logged, and does nothing.
      LogKey known = batch.roster().logs().get(generation.number());
      return generation.log().equals(known);
    }
    Optional<LogKey> waiting = batch.before().waiting();
    if (generation.number() != batch.generation() + 1
        || !waiting.equals(Optional.of(generation.log()))
        || !isOurs(batch.stored(), batch.before(), generation)) {
      return false;
    }
    batch.open(generation.log().origin(), generation.number());
    return true;
  }

  /**
   * Whether what is said of the log that ends is true. It may have grown since: what came after is
   * in the next one like the rest.
   */
  static boolean isOurs(LedgerView view, SpaceSnapshot before, Generation generation) {
    LogHead head = before.head();
    if (generation.previousNumber() != head.generation()
        || generation.previousSize() > head.size()) {
      return false;
    }
    StoredNodes nodes = new StoredNodes(view, before.space(), head);
    try {
      return CompactTree.load(generation.previousSize(), nodes)
          .root()
          .equals(generation.previousRoot());
    } catch (UncheckedStoreException e) {
      return false;
    }
  }
}
