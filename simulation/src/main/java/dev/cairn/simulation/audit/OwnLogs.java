package dev.cairn.simulation.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The generations of a log as statements name them, and what of each an honest server has to have
 * still: everything it ever signed, but for what it lost when it was put back to an older state and
 * an owner then opened a generation without it.
 */
final class OwnLogs {

  /**
   * A generation.
   *
   * @param key in hexadecimal
   */
  record Log(long number, String origin, String key) {}

  private final List<Log> logs = new ArrayList<>();
  private final List<Account.Restore> restores;

  private OwnLogs(List<Account.Restore> restores) {
    this.restores = restores;
  }

  /**
   * Reads them.
   *
   * @param restores what the server was put back to, in order
   */
  static OwnLogs of(Collection<StatementFact> statements, List<Account.Restore> restores) {
    OwnLogs own = new OwnLogs(restores);
    for (StatementFact each : statements) {
      if (each.kind == StatementFact.GENESIS) {
        own.logs.add(new Log(0, each.content.get(1).text(), key(each.content.get(2))));
      } else if (each.kind == StatementFact.GENERATION) {
        own.logs.add(
            new Log(
                each.content.get(1).number(),
                each.content.get(2).text(),
                key(each.content.get(3))));
      }
    }
    return own;
  }

  private static String key(Cbor.Item key) {
    return HexFormat.of().formatHex(key.bytes());
  }

  /** The log that signed a note; of an origin inside other bytes its end is enough. */
  Optional<Log> of(LogAudit.OwnNote note) {
    return logs.stream().filter(log -> note.origin().endsWith(log.origin())).findFirst();
  }

  /**
   * Whether the server was put back, after so many times, to where it did not have what it had
   * signed: to before it, or to another generation that went on from before it. What one generation
   * held in another order is never excused.
   *
   * @param root in hexadecimal
   */
  boolean lost(long generation, long size, String root, int after) {
    return restores.stream()
        .skip(after)
        .anyMatch(
            to -> to.generation() == generation ? to.log().size() < size : !to.has(size, root));
  }

  /** Whether it was put back at all, after so many times. */
  boolean restored(int after) {
    return restores.size() > after;
  }
}
