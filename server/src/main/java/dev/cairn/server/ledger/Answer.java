package dev.cairn.server.ledger;

import java.util.List;

/** What became of an offer. Given only after everything it speaks of is durable. */
public sealed interface Answer {

  /**
   * It is in the log, now or since earlier.
   *
   * @param positions of the statement, or of each change of the frame
   */
  record Placed(List<Long> positions) implements Answer {
    /** Takes a copy. */
    public Placed {
      positions = List.copyOf(positions);
    }
  }

  /**
   * It is not in the log, and nothing of it was kept.
   *
   * @param code stable; one that begins with {@code store.} or {@code server.} may be tried again
   */
  record Refused(String code) implements Answer {}
}
