package dev.cairn.client.sync;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.roster.StatementVerdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a moved space is founded with on its new server: all that is needed to judge, by these
 * statements alone, that an owner leads it there.
 */
final class MoveFounding {

  private MoveFounding() {}

  /**
   * Genesis, who owned the space since, its logs in their order, and the move. Of the generations
   * of one number only that which is followed: on the others nothing rests.
   *
   * @param roster with the move
   * @throws RefusedException {@code move.too-large} if it is more than a server takes; nothing of
   *     it was kept or sent then
   */
  static List<Statement> of(RosterState roster, Statement move) throws RefusedException {
    List<Statement> founding = new ArrayList<>();
    List<Statement> replacements = new ArrayList<>();
    Map<Long, Statement> generations = new TreeMap<>();
    Set<Long> known = new HashSet<>();
    for (Statement statement : roster.statements()) {
      if (!roster.verdict(statement.id()).equals(Optional.of(StatementVerdict.STANDS))) {
        continue;
      }
      if (statement.kind() == StatementKind.GENESIS) {
        founding.add(statement);
      } else if (statement.kind() == StatementKind.REPLACEMENT) {
        replacements.add(statement);
      } else if (statement.content() instanceof Generation generation
          && generation.log().equals(roster.logs().get(generation.number()))
          && known.add(generation.number())) {
        generations.put(generation.number(), statement);
      }
    }
    founding.addAll(replacements);
    founding.addAll(generations.values());
    founding.add(move);
    requireRoom(founding, replacements.size(), generations.size());
    return founding;
  }

  private static void requireRoom(List<Statement> founding, int replacements, int generations)
      throws RefusedException {
    if (founding.size() > Limits.MOVE_STATEMENTS_MAX) {
      throw new RefusedException(
          "move.too-large",
          "a move brings every replacement of an owner and every generation of the log, here "
              + replacements
              + " and "
              + generations
              + "; a new server takes "
              + Limits.MOVE_STATEMENTS_MAX
              + " statements");
    }
    int bytes = FirstContact.stream(founding).length;
    if (bytes > Limits.MOVE_BYTES_MAX) {
      throw new RefusedException(
          "move.too-large",
          "what proves the move takes "
              + bytes
              + " bytes, most of it what "
              + replacements
              + " replacements list of lost owners; a new server takes "
              + Limits.MOVE_BYTES_MAX);
    }
  }
}
