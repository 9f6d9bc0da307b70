package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import java.util.List;

/**
 * One of the values of a field, with everybody who stands behind it.
 *
 * @param value the value
 * @param assertions standing, in the order of their clocks; none where only a decision has it
 * @param decisions in force for it
 */
public record FieldValue(CborValue value, List<Assertion> assertions, List<Decision> decisions) {

  /** Takes lists that nobody changes any more. */
  public FieldValue {
    assertions = Frozen.list(assertions);
    decisions = Frozen.list(decisions);
  }

  /** Nothing of the value: it is what a report says. */
  @Override
  public String toString() {
    return "value of " + assertions.size() + " assertions";
  }
}
