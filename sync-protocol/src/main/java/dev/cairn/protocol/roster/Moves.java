package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Which of several moves is followed: owners who moved a space at once moved it to two places. */
final class Moves {

  private static final long UNKNOWN = -1;

  private Moves() {}

  /**
   * The move that names the log of the highest generation that any of them names, so that nobody
   * looks for the log of one server at another's address; of several the one of lowest id.
   *
   * @param moves those that no other supersedes
   * @param logs the log of each generation
   */
  static Optional<Move> followed(SortedMap<StatementId, Move> moves, SortedMap<Long, LogKey> logs) {
    Map<LogKey, Long> generations = new HashMap<>();
    logs.forEach((generation, log) -> generations.put(log, generation));
    Optional<Move> followed = Optional.empty();
    long highest = UNKNOWN;
    for (Move move : moves.values()) {
      long generation = generations.getOrDefault(move.log(), UNKNOWN);
      if (!followed.isPresent() || generation > highest) {
        followed = Optional.of(move);
        highest = generation;
      }
    }
    return followed;
  }
}
