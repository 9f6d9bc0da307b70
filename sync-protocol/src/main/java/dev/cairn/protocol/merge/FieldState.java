package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.Field;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A register after the merge: every value with its signers, and what is shown and why. */
public final class FieldState {

  private final Field field;
  private final Status status;
  private final Rule rule;
  private final @Nullable CborValue shown;
  private final List<FieldValue> values;
  private final List<Decision> decisions;
  private final List<Assertion> history;

  FieldState(
      Field field,
      Status status,
      Rule rule,
      @Nullable CborValue shown,
      List<FieldValue> values,
      List<Decision> decisions,
      List<Assertion> history) {
    this.field = field;
    this.status = status;
    this.rule = rule;
    this.shown = shown;
    this.values = Frozen.list(values);
    this.decisions = Frozen.list(decisions);
    this.history = Frozen.list(history);
  }

  /** Which field. */
  public Field field() {
    return field;
  }

  /** How it stands. */
  public Status status() {
    return status;
  }

  /** Why {@link #shown} is what it is. */
  public Rule rule() {
    return rule;
  }

  /** The value to show where there is room for one. */
  public Optional<CborValue> shown() {
    return Optional.ofNullable(shown);
  }

  /** Every value that stands or is decided for, in the order of their encodings. */
  public List<FieldValue> values() {
    return values;
  }

  /** All decisions about the field, in the order of their clocks, whatever became of them. */
  public List<Decision> decisions() {
    return decisions;
  }

  /** The decision that holds, where it is one. */
  public Optional<Decision> decision() {
    if (status != Status.DECIDED && status != Status.KEPT_ALL && status != Status.REOPENED) {
      return Optional.empty();
    }
    Decision last = null;
    for (Decision decision : decisions) {
      if (decision.force() == Decision.Force.IN_FORCE) {
        last = decision;
      }
    }
    return Optional.ofNullable(last);
  }

  /** All that was ever stated for the field, in the order of the clocks. */
  public List<Assertion> history() {
    return history;
  }

  /** Field and status, nothing of the values. */
  @Override
  public String toString() {
    return field + " " + status.word();
  }
}
