package dev.cairn.simulation.world;

/** What may happen next, and how often it does. */
enum Step {
  RECORD(16),
  EDIT(8),
  RETRACT(2),
  ANSWER(3),
  PHONE_SYNC(22),
  DESK_SYNC(16),
  DESK_EDIT(7),
  SAME_MOMENT(4),
  RESOLVE(6),
  UNDO(1),
  ASK(3),
  REVIEW(3),
  COMMENT(2),
  LINK(2),
  ERASE(2),
  CONFIRM(3),
  INVITE(1),
  SUSPEND(1),
  REKEY(2),
  BUNDLE_OUT(6),
  BUNDLE_IN(7),
  MEET(6),
  REPLAY(3),
  DEVICE_CRASH(6),
  DEVICE_FULL(1),
  LOCK(4),
  IMAGE(4),
  RESTORE(3),
  CLOCK(2),
  MONTHS(1),
  SERVER_CRASH(4),
  SERVER_FULL(3),
  SERVER_START(9),
  SERVER_BACKUP(4),
  SERVER_RESTORED(3),
  GENERATION_OPENED(2),
  MISCHIEF(16);

  private static final int ALL = sum();
  private final int weight;

  Step(int weight) {
    this.weight = weight;
  }

  private static int sum() {
    int sum = 0;
    for (Step step : values()) {
      sum += step.weight;
    }
    return sum;
  }

  static Step next(Chance chance) {
    int left = chance.below(ALL);
    for (Step step : values()) {
      left -= step.weight;
      if (left < 0) {
        return step;
      }
    }
    throw new AssertionError("the weights do not add up");
  }
}
