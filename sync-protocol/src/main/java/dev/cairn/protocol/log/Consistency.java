package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How a checkpoint stands to the last one seen of the same log and generation. What to do about a
 * failure is the caller's business; both signed notes are at hand, to be shown to others.
 */
public sealed interface Consistency {

  /** The checkpoint to remember: the later one if it extends what was seen, else the one seen. */
  SignedCheckpoint trusted();

  /** Same size, same root. */
  record Same(SignedCheckpoint trusted) implements Consistency {}

  /** Larger, and proven to hold the earlier tree unchanged. */
  record Extends(SignedCheckpoint trusted) implements Consistency {}

  /**
   * Smaller than what was seen. A courier may honestly bring an old checkpoint; a server that
   * offers it as its newest has lost leaves or hides them. Whether it lies on the same history
   * shows when the two are compared the other way round.
   */
  record RolledBack(SignedCheckpoint seen, SignedCheckpoint offered) implements Consistency {
    @Override
    public SignedCheckpoint trusted() {
      return seen;
    }
  }

  /**
   * Not on the history that was seen.
   *
   * @param selfEvident whether the two notes alone prove the log a liar: one size, two roots. If
   *     not, the proof did not lead from one to the other; that convicts the log only when it can
   *     give no better one
   */
  record Forked(SignedCheckpoint seen, SignedCheckpoint offered, boolean selfEvident)
      implements Consistency {
    @Override
    public SignedCheckpoint trusted() {
      return seen;
    }
  }

  /**
   * Compares.
   *
   * @param seen the largest checkpoint seen so far
   * @param offered the one just received
   * @param proof hashes of the consistency proof from the first to the second, empty where none is
   *     needed
   * @throws IllegalArgumentException if the two are not of one log
   */
  static Consistency check(SignedCheckpoint seen, SignedCheckpoint offered, List<Digest> proof) {
    Checkpoint before = seen.checkpoint();
    Checkpoint after = offered.checkpoint();
    return check(
        seen,
        offered,
        () ->
            new ConsistencyProof(before.size(), after.size(), proof)
                .verifies(before.root(), after.root()));
  }

  /**
   * Compares by a proof of leaves that are the next after those seen.
   *
   * @param run a proof that verified under what is offered
   * @throws IllegalArgumentException if the two are not of one log
   */
  static Consistency check(SignedCheckpoint seen, SignedCheckpoint offered, RangeProof run) {
    Checkpoint before = seen.checkpoint();
    return check(
        seen,
        offered,
        () ->
            before.size() == 0
                || (run.first() == before.size() && run.rootBefore().equals(before.root())));
  }

  private static Consistency check(
      SignedCheckpoint seen, SignedCheckpoint offered, BooleanSupplier continues) {
    Checkpoint before = seen.checkpoint();
    Checkpoint after = offered.checkpoint();
    if (!before.origin().equals(after.origin())) {
      throw new IllegalArgumentException("checkpoints of two logs");
    }
    if (after.size() < before.size()) {
      return new RolledBack(seen, offered);
    }
    if (after.size() == before.size()) {
      return after.root().equals(before.root()) ? new Same(seen) : new Forked(seen, offered, true);
    }
    return continues.getAsBoolean() ? new Extends(offered) : new Forked(seen, offered, false);
  }
}
