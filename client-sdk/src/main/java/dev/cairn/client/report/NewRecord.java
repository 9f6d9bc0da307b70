package dev.cairn.client.report;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a new record is to state. Immutable; each method gives another one. */
public final class NewRecord {

  private final List<Operation> operations;
  private final RecordKind kind;
  private final @Nullable String label;
  private final List<CircleId> circles;

  private NewRecord(
      List<Operation> operations, RecordKind kind, @Nullable String label, List<CircleId> circles) {
    this.operations = operations;
    this.kind = kind;
    this.label = label;
    this.circles = circles;
  }

  /**
   * An incident for the coordinators' circle, without a label.
   *
   * @param operations what it states, at least one
   */
  public static NewRecord of(List<Operation> operations) {
    return new NewRecord(List.copyOf(operations), RecordKind.INCIDENT, null, List.of());
  }

  /** The same of another kind. */
  public NewRecord kind(RecordKind value) {
    return new NewRecord(operations, value, label, circles);
  }

  /**
   * The same with words by which the reporter will know it. They stay on this device, under its
   * passphrase, even when the report is sealed.
   */
  public NewRecord label(String value) {
    return new NewRecord(operations, kind, value, circles);
  }

  /** The same for these circles and no others; with none, for the coordinators' circle. */
  public NewRecord circles(List<CircleId> value) {
    return new NewRecord(operations, kind, label, List.copyOf(value));
  }

  /** What it states. */
  public List<Operation> operations() {
    return operations;
  }

  /** What it is about. */
  public RecordKind kind() {
    return kind;
  }

  /** Words by which the reporter will know it. */
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /** Whom it is for; empty for the coordinators' circle. */
  public List<CircleId> circles() {
    return circles;
  }

  /** Tells how much, never what. */
  @Override
  public String toString() {
    return "new record of " + operations.size() + " operations";
  }
}
