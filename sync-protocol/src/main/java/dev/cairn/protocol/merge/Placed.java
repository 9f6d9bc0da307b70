package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.record.Operation;
import org.jspecify.annotations.Nullable;

/** An operation in its place. Sorts by (clock, device, change, place in the change). */
final class Placed implements Comparable<Placed> {

  private final Node node;
  private final int index;
  private final Operation operation;
  private @Nullable Origin origin;

  Placed(Node node, int index, Operation operation) {
    this.node = node;
    this.index = index;
    this.operation = operation;
  }

  /** Its change. */
  Node node() {
    return node;
  }

  /** Its place in the change, from 0. */
  int index() {
    return index;
  }

  /** What it says. */
  Operation operation() {
    return operation;
  }

  MemberId member() {
    return node.author.member();
  }

  ChangeId change() {
    return node.id();
  }

  boolean byCoordinator() {
    return node.author.decides();
  }

  /** One for the operation: it may name thousands of elements, and each of them tells it. */
  Origin origin() {
    Origin known = origin;
    if (known == null) {
      known = node.origin(index);
      origin = known;
    }
    return known;
  }

  @Override
  public int compareTo(Placed other) {
    int order = Integer.compare(node.number, other.node.number);
    return order != 0 ? order : Integer.compare(index, other.index);
  }
}
