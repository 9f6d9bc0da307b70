package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import java.util.List;

/**
 * A value that somebody stated for a field, now or once.
 *
 * @param value what was stated
 * @param origin by whom
 * @param fate what became of it
 * @param seen of the other standing assertions of the field, the changes which its author had seen;
 *     told for fields in conflict, unless more stand than anybody reads
 */
public record Assertion(CborValue value, Origin origin, Fate fate, List<ChangeId> seen) {

  /** Takes a list that nobody changes any more. */
  public Assertion {
    seen = Frozen.list(seen);
  }

  /** What became of an assertion. Nothing is ever dropped. */
  public enum Fate {
    /** Its member's latest: it takes part. */
    STANDING,
    /** The same member stated the field again, or that later statement was withdrawn. */
    SUPERSEDED,
    /** Its member took it back. */
    RETRACTED
  }

  /** Nothing of the value: it is what a report says. */
  @Override
  public String toString() {
    return fate + " assertion of " + origin.change();
  }
}
