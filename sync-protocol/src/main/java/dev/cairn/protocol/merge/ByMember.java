package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.MemberId;
import java.util.HashMap;
import java.util.Map;

/** Operations that reach only what their own member said, and only what they had seen of it. */
final class ByMember {

  private final RecordGraph graph;
  private final Map<MemberId, SeenBy> members = new HashMap<>(2);

  ByMember(RecordGraph graph) {
    this.graph = graph;
  }

  /** Takes one more; they come in the order of their clocks, and before the first question. */
  void add(Placed operation) {
    members.computeIfAbsent(operation.member(), any -> new SeenBy(graph)).add(operation);
  }

  boolean reaches(Placed said) {
    SeenBy own = members.get(said.member());
    return own != null && own.contains(said);
  }
}
