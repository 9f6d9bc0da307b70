package dev.cairn.protocol.merge;

import dev.cairn.protocol.record.RecordKind;

/**
 * Which kind a record is. Where what opened it is not held, every change could claim to tell, and a
 * clock of zero makes anybody's the first: whoever so made a form or a link of a report would have
 * every reporter's word on it refused. So a coordinator is believed before others, whom the space
 * has confirmed before who has only just come in, and nobody else a kind that needs a coordinator.
 */
final class RecordKinds {

  private static final int OPENED = 5;
  private static final int BY_COORDINATOR = 4;
  private static final int BY_MEMBER = 3;
  private static final int BY_NEWCOMER = 2;
  private static final int NOT_BELIEVED = 1;

  private RecordKinds() {}

  /** The kind by the first of the changes that are believed most; 0 if there is no change. */
  static long of(RecordGraph graph) {
    long kind = 0;
    int best = 0;
    for (Node node : graph.nodes()) {
      int rank = rank(node);
      if (rank > best) {
        kind = node.change.kind();
        best = rank;
      }
    }
    return kind;
  }

  private static int rank(Node node) {
    if (opens(node)) {
      return OPENED;
    }
    if (node.author.decides()) {
      return BY_COORDINATOR;
    }
    RecordKind kind = RecordKind.ofCode(node.change.kind()).orElse(null);
    if (kind == null || kind.coordinatorOnly()) {
      return NOT_BELIEVED;
    }
    return node.author.provisional() ? BY_NEWCOMER : BY_MEMBER;
  }

  private static boolean opens(Node node) {
    return node.change.opens() || (node.withdraws != null && node.withdraws.openedBy(node));
  }
}
