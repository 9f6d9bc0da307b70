package dev.cairn.simulation.mutant;

import java.util.Map;

/**
 * In which world each bug was caught when the table was last run, so that it is looked for there
 * first. Whoever changes what happens in worlds changes these too; then others are searched.
 */
final class Shown {

  private static final Map<String, Integer> SEEDS =
      Map.ofEntries(
          Map.entry("acknowledge before commit", 2),
          Map.entry("sign two trees of one size", 2),
          Map.entry("believe a stale snapshot", 36),
          Map.entry("forge a courier's receipt", 7),
          Map.entry("trust the server's key", 4),
          Map.entry("take a receipt unchecked", 4),
          Map.entry("count a decision by a reporter", 25),
          Map.entry("do not look at the commitment", 1),
          Map.entry("forget what a desk has not confirmed", 2),
          Map.entry("equal clocks tie by arrival", 9),
          Map.entry("give everything to everybody", 10),
          Map.entry("believe statements in others' names", 7),
          Map.entry("let anybody cut off anybody", 19),
          Map.entry("take what was sent for received", 2),
          Map.entry("lose what is for an own circle", 2),
          Map.entry("seal and keep the key", 2),
          Map.entry("take everybody for confirmed", 2),
          Map.entry("keep on the server what was withdrawn", 3),
          Map.entry("let anybody give out keys", 1),
          Map.entry("believe a log that does not continue the one seen", 4),
          Map.entry("take receipts out of order", 8),
          Map.entry("speak openly when two meet", 4),
          Map.entry("answer whoever says who he is", 1),
          Map.entry("log what its author did not sign", 10),
          Map.entry("let anybody withdraw a body", 7),
          Map.entry("keep on a desk what was withdrawn", 19),
          Map.entry("pad nothing", 2),
          Map.entry("log what was written after the cut", 1),
          Map.entry("take a change without its body", 1),
          Map.entry("forget an erasure that came first", 9),
          Map.entry("confirm what was not opened", 1),
          Map.entry("never send a statement", 3),
          Map.entry("erase the payload with the body", 3),
          Map.entry("seal new keys to who was cut off", 9),
          Map.entry("write on under old keys", 9),
          Map.entry("tell a reporter what coordinators say", 5),
          Map.entry("let anybody take out of a set", 10),
          Map.entry("let anybody make himself owner", 28),
          Map.entry("send all again after a cut", 123),
          Map.entry("blame the server for what a courier left out", 1),
          Map.entry("lose what comes back by courier", 3));

  private Shown() {}

  /** The mutant, with the world to try first. */
  static Mutant first(Mutant mutant) {
    return new Mutant(
        mutant.name(), mutant.check(), mutant.plants(), SEEDS.getOrDefault(mutant.name(), 0));
  }
}
