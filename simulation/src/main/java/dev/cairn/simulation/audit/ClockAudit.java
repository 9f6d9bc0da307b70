package dev.cairn.simulation.audit;

import java.util.List;

/** One wrong clock does not carry others along: nobody follows one more than a day ahead of him. */
final class ClockAudit {

  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
  private static final int COUNTER_BITS = 16;

  private ClockAudit() {}

  /** Judges what honest people said, as whoever could open it read it. */
  static void judge(Findings findings, Account account, List<HolderFact> holders) {
    for (HolderFact holder : holders) {
      for (HeldFact held : holder.held.values()) {
        Saying saying = account.said.get(held.change().id);
        SpokenFact spoken = held.spoken();
        if (saying != null && spoken != null) {
          long aheadMillis = (spoken.clock() >>> COUNTER_BITS) - saying.clockMillis();
          if (aheadMillis > DAY_MILLIS) {
            findings.add("P6", "clock.ahead", held.change() + " is days ahead of its own device");
          }
        }
      }
    }
  }
}
