package dev.cairn.benchmarks.harness;

import java.util.OptionalInt;

/**
 * How large a measurement is; what is not said, a row chooses.
 *
 * @param changes changes in all
 * @param clients clients at once
 * @param batch changes in one push
 */
public record Scale(OptionalInt changes, OptionalInt clients, OptionalInt batch) {

  private static final int TRIAL = 200;
  private static final long TRIAL_MILLIS = 10;

  /** What each row chooses. */
  public static final Scale USUAL =
      new Scale(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  /** Changes, or as many as a row usually takes. */
  public int changes(int usual) {
    return changes.orElse(usual);
  }

  /** Whether it is only to be seen that a row can be measured. */
  public boolean isTrial() {
    return changes.isPresent() && changes.getAsInt() < TRIAL;
  }

  /** How long a limit is measured that usually is for so long. */
  public long millis(long usual) {
    return isTrial() ? Math.min(usual, TRIAL_MILLIS) : usual;
  }

  /** Clients, or as many as a row usually has. */
  public int clients(int usual) {
    return clients.orElse(usual);
  }

  /** Changes in one push, or as many as a row usually sends. */
  public int batch(int usual) {
    return batch.orElse(usual);
  }
}
