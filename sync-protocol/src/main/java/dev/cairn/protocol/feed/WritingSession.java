package dev.cairn.protocol.feed;

import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Secret;
import java.util.List;

/** An open session as its writer holds it, and the rule when to leave it. */
final class WritingSession {

  private final SealingRatchet ratchet;
  private final List<EpochKey> epochs;
  private final long openedMonotonicMillis;

  WritingSession(Secret first, List<EpochKey> epochs, long monotonicMillis) {
    this.ratchet = new SealingRatchet(first);
    this.epochs = List.copyOf(epochs);
    this.openedMonotonicMillis = monotonicMillis;
  }

  SealingRatchet ratchet() {
    return ratchet;
  }

  /** Whether it may seal one more change now. A clock that runs backwards ends it. */
  boolean goesOn(long monotonicMillis) {
    long ageMillis = monotonicMillis - openedMonotonicMillis;
    return ratchet.index() < Limits.SESSION_CHANGES_MAX
        && ageMillis >= 0
        && ageMillis < Limits.SESSION_AGE_MILLIS_MAX;
  }

  /** Whether it may go on and is sealed to these epochs. */
  boolean serves(List<EpochKey> newest, long monotonicMillis) {
    return epochs.equals(newest) && goesOn(monotonicMillis);
  }
}
