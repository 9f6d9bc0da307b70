package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.record.Operation;

/**
 * An operation in its place. Compares by (clock, device, change, place in the change).
 *
 * @param node its change
 * @param index its place in the change, from 0
 * @param operation what it says
 */
record Placed(Node node, int index, Operation operation) implements Comparable<Placed> {

  MemberId member() {
    return node.author.member();
  }

  ChangeId change() {
    return node.id();
  }

  boolean byCoordinator() {
    return node.author.decides();
  }

  Origin origin() {
    return node.origin(index);
  }

  @Override
  public int compareTo(Placed other) {
    int order = Integer.compare(node.number, other.node.number);
    return order != 0 ? order : Integer.compare(index, other.index);
  }
}
