package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.merge.Assertion.Fate;
import java.util.List;

/** A value claimed for a field; of the claims of one claimant one stands. */
final class Claim {

  final Placed placed;
  final CborValue value;
  final Object claimant;
  Fate fate;

  Claim(Placed placed, CborValue value, Object claimant, boolean retracted) {
    this.placed = placed;
    this.value = value;
    this.claimant = claimant;
    this.fate = retracted ? Fate.RETRACTED : Fate.SUPERSEDED;
  }

  boolean retracted() {
    return fate == Fate.RETRACTED;
  }

  boolean stands() {
    return fate == Fate.STANDING;
  }

  Assertion assertion(List<ChangeId> seen) {
    return new Assertion(value, placed.origin(), fate, seen);
  }
}
