package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change that counts, in its place in the order by (clock, device, change). */
final class Node implements Comparable<Node> {

  final MergeChange change;
  final Author author;
  @Nullable Withdrawn withdraws;
  int number;

  Node(MergeChange change, Author author) {
    this.change = change;
    this.author = author;
  }

  ChangeId id() {
    return change.id();
  }

  List<Operation> operations() {
    return change.operations();
  }

  Origin origin(int index) {
    return new Origin(
        author.member(),
        change.device(),
        author.provisional(),
        change.id(),
        index,
        change.clock(),
        change.skew());
  }

  @Override
  public int compareTo(Node other) {
    int order = Long.compare(change.clock(), other.change.clock());
    if (order != 0) {
      return order;
    }
    DeviceId device = change.device();
    order = device.compareTo(other.change.device());
    return order != 0 ? order : id().compareTo(other.id());
  }
}
