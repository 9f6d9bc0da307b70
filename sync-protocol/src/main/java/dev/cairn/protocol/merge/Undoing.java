package dev.cairn.protocol.merge;

import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which changes had their decisions and undos taken back. An undo reaches the change it names if it
 * had seen it, and holds unless an undo that holds reaches it: so the latest are judged first.
 */
final class Undoing {

  private final Set<Node> undone = new HashSet<>();

  Undoing(RecordGraph graph, List<Placed> undos) {
    List<Placed> latestFirst = new ArrayList<>(undos);
    latestFirst.sort(Comparator.comparingInt((Placed undo) -> graph.depth(undo.node())).reversed());
    for (Placed undo : latestFirst) {
      Node target = graph.node(((Operation.UndoDecision) undo.operation()).decision());
      if (target != null && !undone.contains(undo.node()) && graph.hasSeen(undo.node(), target)) {
        undone.add(target);
      }
    }
  }

  boolean reaches(Node node) {
    return undone.contains(node);
  }
}
