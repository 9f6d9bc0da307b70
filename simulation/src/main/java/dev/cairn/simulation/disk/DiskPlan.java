package dev.cairn.simulation.disk;

/**
 * What goes wrong with a disk, counted in durable writes. One plan for everything that one machine
 * writes.
 */
public final class DiskPlan {

  /** What becomes of a write. */
  public enum Fate {
    /** It is durable when it returns. */
    DONE,
    /** There is no room: it fails and nothing of it was written. */
    FULL,
    /** The machine dies before it is durable. */
    DIES_BEFORE,
    /** The machine dies when it is durable, and nobody heard of it. */
    DIES_AFTER
  }

  private long untilCrash = Long.MAX_VALUE;
  private boolean afterwards;
  private long fullWrites;
  private Fate nextCommit = Fate.DONE;
  private long crashes;
  private long refusals;
  private long writes;

  /** Lets the machine die at the write after so many. */
  public void crashAfter(long more, boolean afterItIsDurable) {
    untilCrash = more;
    afterwards = afterItIsDurable;
  }

  /** Has no room for so many writes. */
  public void fullFor(long count) {
    fullWrites = count;
  }

  /** Decides what becomes of the next commit of a transaction, whatever comes before it. */
  public void atNextCommit(Fate fate) {
    nextCommit = fate;
  }

  /** What becomes of a commit. */
  public Fate commit() {
    Fate fate = nextCommit;
    if (fate == Fate.DONE) {
      return next();
    }
    nextCommit = Fate.DONE;
    writes++;
    if (fate == Fate.FULL) {
      refusals++;
    } else {
      crashes++;
    }
    return fate;
  }

  /** Lets everything succeed from now on. */
  public void heal() {
    nextCommit = Fate.DONE;
    untilCrash = Long.MAX_VALUE;
    fullWrites = 0;
  }

  /** What becomes of the next write. */
  public Fate next() {
    writes++;
    if (fullWrites > 0) {
      fullWrites--;
      refusals++;
      return Fate.FULL;
    }
    if (untilCrash == Long.MAX_VALUE) {
      return Fate.DONE;
    }
    if (untilCrash-- > 0) {
      return Fate.DONE;
    }
    untilCrash = Long.MAX_VALUE;
    crashes++;
    return afterwards ? Fate.DIES_AFTER : Fate.DIES_BEFORE;
  }

  /** How often the machine died. */
  public long crashes() {
    return crashes;
  }

  /** How many writes found no room. */
  public long refusals() {
    return refusals;
  }

  /** How many writes there were. */
  public long writes() {
    return writes;
  }
}
