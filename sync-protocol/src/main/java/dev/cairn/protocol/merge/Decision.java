package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.Operation;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A coordinator's decision about a field, and whether it holds. */
public final class Decision {

  private final Origin origin;
  private final Operation.Decide operation;
  private final @Nullable CborValue value;
  private final Force force;

  Decision(Origin origin, Operation.Decide operation, @Nullable CborValue value, Force force) {
    this.origin = origin;
    this.operation = operation;
    this.value = value;
    this.force = force;
  }

  /** What became of a decision. */
  public enum Force {
    /** It holds, alone or beside others that its author had not seen. */
    IN_FORCE,
    /** Whoever decided later had seen it. What it settled stays settled. */
    REPLACED,
    /** A coordinator took it back. */
    UNDONE,
    /** It chose the value of a change that is not held, and settles nothing until that is. */
    WAITING
  }

  /** Who decided. */
  public Origin origin() {
    return origin;
  }

  /** The decision as it was signed: what it settles, and why. */
  public Operation.Decide operation() {
    return operation;
  }

  /** The value decided for; empty when all are kept, or while waiting. */
  public Optional<CborValue> value() {
    return Optional.ofNullable(value);
  }

  /** Whether all values are kept. */
  public boolean keepsAll() {
    return operation.outcome() instanceof Operation.Outcome.KeepAll;
  }

  /** Whether it holds. */
  public Force force() {
    return force;
  }

  /** Whether both come to the same. */
  boolean agreesWith(Decision other) {
    return keepsAll() == other.keepsAll() && Objects.equals(value, other.value);
  }

  /** Nothing of the value: it is what a report says. */
  @Override
  public String toString() {
    return force + " decision " + origin.change();
  }
}
