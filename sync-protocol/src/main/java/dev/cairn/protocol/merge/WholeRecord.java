package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a record as a whole is retracted. Its retraction and what was said without knowledge of
 * the retraction, or after it, are two values of the pseudo-field {@link Field#RECORD}: a conflict
 * which a coordinator settles like any other.
 */
final class WholeRecord {

  /** The value of a retraction of the record. */
  static final CborValue RETRACTED = CborValue.of("retracted");

  /** The value of what was said against one. */
  static final CborValue KEPT = CborValue.of("kept");

  /** A member may stand on both sides: both are for review. */
  private record Side(Object member, CborValue value) {}

  private WholeRecord() {}

  /** The claims about the pseudo-field, in the order of clocks; none without a retraction. */
  static List<Claim> claims(RecordGraph graph, Contents contents, Retractions retractions) {
    List<Placed> retracting = retractions.ofRecord();
    List<Claim> claims = new ArrayList<>();
    if (retracting.isEmpty()) {
      return claims;
    }
    for (Placed placed : retracting) {
      claims.add(claim(placed, RETRACTED));
    }
    for (Placed placed : latestAgainst(graph, contents, retractions)) {
      claims.add(claim(placed, KEPT));
    }
    claims.sort((one, other) -> one.placed.compareTo(other.placed));
    return claims;
  }

  private static Claim claim(Placed placed, CborValue value) {
    return new Claim(placed, value, new Side(placed.member(), value), false);
  }

  private static List<Placed> latestAgainst(
      RecordGraph graph, Contents contents, Retractions retractions) {
    Map<Node, Placed> lastOfChange = new LinkedHashMap<>();
    SeenBy before = SeenBy.of(graph, retractions.ofRecord());
    for (Placed placed : additions(contents, retractions)) {
      if (!before.contains(placed)) {
        lastOfChange.merge(placed.node(), placed, WholeRecord::later);
      }
    }
    return new ArrayList<>(lastOfChange.values());
  }

  private static Placed later(Placed one, Placed other) {
    return one.index() > other.index() ? one : other;
  }

  /** What adds to a record and was not taken back by itself. */
  private static List<Placed> additions(Contents contents, Retractions retractions) {
    List<Placed> additions = new ArrayList<>();
    contents.registers.forEach(
        (field, register) -> {
          if (!field.equals(Field.RECORD)) {
            keep(register.asserted, field, retractions, additions);
          }
        });
    contents.sets.forEach((field, set) -> keep(set.added, field, retractions, additions));
    for (Placed placed : contents.beside) {
      if (placed.operation() instanceof Operation.Note && !retractions.hides(placed)) {
        additions.add(placed);
      }
    }
    for (Placed placed : contents.attached) {
      if (!retractions.hides(placed)) {
        additions.add(placed);
      }
    }
    return additions;
  }

  private static void keep(
      List<Placed> said, Field field, Retractions retractions, List<Placed> kept) {
    for (Placed placed : said) {
      if (!retractions.hides(placed, field)) {
        kept.add(placed);
      }
    }
  }
}
