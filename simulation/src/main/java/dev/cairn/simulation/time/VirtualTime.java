package dev.cairn.simulation.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time as it passes in a world; it passes only when told to. */
public final class VirtualTime {

  private long millis;

  /** Begins at a moment, in milliseconds since 1970. */
  public VirtualTime(long startMillis) {
    this.millis = startMillis;
  }

  /** Milliseconds since 1970. */
  public long millis() {
    return millis;
  }

  /** Lets time pass. */
  public void pass(long moreMillis) {
    if (moreMillis < 0) {
      throw new IllegalArgumentException("time does not run backwards");
    }
    millis += moreMillis;
  }

  /** A clock that is wrong by some time, which may change. */
  public static final class WrongClock extends Clock {
    private final VirtualTime time;
    private long offMillis;
    private long latestMillis;

    /** A clock that is right. */
    public WrongClock(VirtualTime time) {
      this.time = time;
    }

    /** Sets by how much it is wrong. */
    public void off(long millis) {
      latestMillis = latestMillis();
      offMillis = millis;
    }

    /** The latest time that it ever told. */
    public long latestMillis() {
      return Math.max(latestMillis, millis());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
      return Math.max(0, time.millis() + offMillis);
    }
  }
}
