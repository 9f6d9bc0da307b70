package dev.cairn.simulation.crash;

import java.util.Random;

/** Which of the things that nobody synced are on the medium nevertheless when the power goes. */
interface Keeping {

  /** The least size that a medium writes whole. */
  int SECTOR_BYTES = 512;

  /** Nothing. */
  Keeping NOTHING = (number, effect) -> -1;

  /** Everything. */
  Keeping EVERYTHING = (number, effect) -> Integer.MAX_VALUE;

  /**
   * How much of something is kept.
   *
   * @param number of the thing among all that nobody synced, in their order
   * @return so many bytes of a write; all of anything else unless negative
   */
  int of(int number, Effect effect);

  /** The first so many. */
  static Keeping first(int count) {
    return (number, effect) -> number < count ? Integer.MAX_VALUE : -1;
  }

  /** The first so many, and of the next whole sectors of its begin. */
  static Keeping torn(int count, Random chance) {
    return (number, effect) -> {
      if (number != count || !(effect instanceof Effect.Wrote wrote)) {
        return number < count ? Integer.MAX_VALUE : -1;
      }
      int sectors = wrote.bytes().length() / SECTOR_BYTES;
      return sectors == 0 ? -1 : SECTOR_BYTES * chance.nextInt(sectors);
    };
  }

  /** Some, in no order. */
  static Keeping some(Random chance) {
    return (number, effect) -> chance.nextBoolean() ? Integer.MAX_VALUE : -1;
  }
}
