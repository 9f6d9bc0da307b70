package dev.cairn.cli.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.log.TreeHash;
import dev.cairn.protocol.suite.Digest;

/** What {@code cairn state} says of a log. */
final class LogDocument {

  private LogDocument() {}

  /** Says how far a log has come. */
  static void fill(ObjectNode log, long generation, long size, Digest root) {
    log.put("generation", generation)
        .put("size", size)
        .put("root", root.toString())
        .put("cosigners", 0);
  }

  /** Of a log not yet seen: nothing is in it, and the root of that is known. */
  static void fillUnseen(ObjectNode log) {
    fill(log, 0, 0, TreeHash.EMPTY_ROOT);
  }
}
