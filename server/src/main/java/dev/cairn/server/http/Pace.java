package dev.cairn.server.http;

import dev.cairn.server.limits.ServerLimits;

/**
 * Whether a body makes headway. Slow is who sends less than a little in each span of time although
 * nobody held him back: he costs memory and a connection, and may mean to. For one thread.
 */
final class Pace {

  private long bytes;
  private boolean held;
  private boolean wasHeld;

  /** Bytes came. */
  void arrived(int count) {
    bytes += count;
  }

  /** Whether the server now lets the sender wait. */
  void held(boolean now) {
    held = now;
    wasHeld |= now;
  }

  /** A span of time is over; whether enough came in it. The next begins. */
  boolean keptUp() {
    boolean enough = wasHeld || bytes >= ServerLimits.BODY_BYTES_MIN;
    bytes = 0;
    wasHeld = held;
    return enough;
  }
}
