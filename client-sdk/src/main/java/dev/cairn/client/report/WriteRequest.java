package dev.cairn.client.report;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A change in its general form, for who knows the record's graph: decisions, reviews, questions,
 * links, erasures, confirmations. Immutable; each method gives another one.
 */
public final class WriteRequest {

  private final @Nullable RecordId record;
  private final long kind;
  private final List<ChangeId> parents;
  private final List<CircleId> circles;
  private final List<Operation> operations;
  private final @Nullable ChangeId erases;

  private WriteRequest(
      @Nullable RecordId record,
      long kind,
      List<ChangeId> parents,
      List<CircleId> circles,
      List<Operation> operations,
      @Nullable ChangeId erases) {
    this.record = record;
    this.kind = kind;
    this.parents = parents;
    this.circles = circles;
    this.operations = operations;
    this.erases = erases;
  }

  /** A change that opens a record, for the coordinators' circle. */
  public static WriteRequest opening(RecordKind kind, List<Operation> operations) {
    return new WriteRequest(null, kind.code(), List.of(), List.of(), List.copyOf(operations), null);
  }

  /**
   * A change to a record, for the coordinators' circle.
   *
   * @param kind the record's kind as its changes state it, known to this program or not
   * @param parents the heads of the record's graph that were seen, in any order
   */
  public static WriteRequest to(
      RecordId record, long kind, Collection<ChangeId> parents, List<Operation> operations) {
    return new WriteRequest(
        record,
        kind,
        List.copyOf(new TreeSet<>(parents)),
        List.of(),
        List.copyOf(operations),
        null);
  }

  /** The same for these circles and no others. */
  public WriteRequest circles(Collection<CircleId> value) {
    return new WriteRequest(
        record, kind, parents, List.copyOf(new TreeSet<>(value)), operations, erases);
  }

  /** The same, withdrawing the body of a change. */
  public WriteRequest erasing(ChangeId value) {
    return new WriteRequest(record, kind, parents, circles, operations, value);
  }

  /** The record; empty if the change opens one. */
  public Optional<RecordId> record() {
    return Optional.ofNullable(record);
  }

  /** The record's kind. */
  public long kind() {
    return kind;
  }

  /** What was seen of the record, ascending. */
  public List<ChangeId> parents() {
    return parents;
  }

  /** Whom it is for, ascending; empty for the coordinators' circle. */
  public List<CircleId> circles() {
    return circles;
  }

  /** What it states. */
  public List<Operation> operations() {
    return operations;
  }

  /** The change whose body it withdraws. */
  public Optional<ChangeId> erases() {
    return Optional.ofNullable(erases);
  }

  /** Tells how much, never what. */
  @Override
  public String toString() {
    return "change of " + operations.size() + " operations";
  }
}
