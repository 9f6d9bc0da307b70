package dev.cairn.protocol.merge;

import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import dev.cairn.protocol.merge.OracleOperations.Op;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the changes of {@link OracleHeld} say: which operations stand, and which are hidden. */
final class OracleOperations {

  /** An operation with all it carries. */
  record Op(
      ChangeId change,
      MemberId member,
      DeviceId device,
      boolean decides,
      long clock,
      int place,
      Operation what) {}

  static final Comparator<Op> ORDER =
      Comparator.comparingLong(Op::clock)
          .thenComparing(Op::device)
          .thenComparing(Op::change)
          .thenComparingInt(Op::place);

  private final OracleHeld held;
  private final List<Op> ops = new ArrayList<>();
  private final Map<Op, Integer> refused = new HashMap<>();
  private final List<Op> unknown = new ArrayList<>();

  OracleOperations(OracleHeld held) {
    this.held = held;
    collect();
  }

  private void collect() {
    long kind = held.kind();
    for (MergeChange change : held.standing()) {
      Author author = held.author(change.device());
      int place = 0;
      for (Operation operation : change.operations()) {
        Op op =
            new Op(
                change.id(),
                author.member(),
                change.device(),
                author.decides(),
                change.clock(),
                place++,
                operation);
        boolean coordinators =
            (operation.code() >= 6 && operation.code() <= 11)
                || operation.code() == 14
                || operation.code() == 15;
        boolean closed = Arrays.asList(4L, 5L).contains(kind) || change.kind() / 2 == 2;
        if (change.kind() < 1 || change.kind() > 6 || operation instanceof Operation.Unknown) {
          unknown.add(op);
        } else if ((coordinators || closed) && !author.decides()) {
          refused.put(op, 1);
        } else {
          ops.add(op);
        }
      }
    }
    ops.removeIf(this::refuse);
  }

  private boolean refuse(Op op) {
    int reason = 0;
    if (op.what() instanceof Operation.Retract retract
        && retract.target() instanceof Target.OfNote place) {
      reason = refusal(op, place);
    } else if (op.what() instanceof Operation.Decide decide
        && (decide.field().equals(Story.TAGS)
            || decide.field().equals(Field.of(KnownField.METHODS))
            || decide.field().equals(Field.of(KnownField.SHAPE)))) {
      reason = 4;
    } else if (op.what() instanceof Operation.Erase erase) {
      Label target = held.label(erase.erased());
      if (!erase.erased().equals(held.change(op.change()).erases())) {
        reason = 5;
      } else if (target != null && target.erasesOrNull() != null) {
        reason = 6;
      } else if (!held.erasedBy()
          .getOrDefault(erase.erased(), Collections.emptySet())
          .contains(op.change())) {
        reason = 7;
      } else if (!erase.author().equals(target.device())) {
        reason = 8;
      }
    }
    if (reason != 0) {
      refused.put(op, reason);
    }
    return reason != 0;
  }

  private int refusal(Op op, Target.OfNote place) {
    MergeChange target = held.change(place.change());
    if (target == null || held.erasedBy().containsKey(place.change())) {
      return 0;
    }
    if (!held.author(target.device()).member().equals(op.member())) {
      return 2;
    }
    if (place.index() >= target.operations().size()) {
      return 3;
    }
    int code = target.operations().get(place.index()).code();
    boolean unknown =
        target.operations().get(place.index()) instanceof Operation.Unknown
            || target.kind() < 1
            || target.kind() > 6;
    return !unknown && Arrays.asList(1, 2, 4, 10, 11, 12, 13).contains(code) ? 0 : 3;
  }

  /** Those that stand. */
  List<Op> all() {
    return ops;
  }

  /** Those that do not, with the reason. */
  Map<Op, Integer> refused() {
    return refused;
  }

  /** Those of later versions. */
  List<Op> unknown() {
    return unknown;
  }

  boolean saw(Op later, Op earlier) {
    return later.change().equals(earlier.change())
        ? later.place() > earlier.place()
        : held.saw(later.change(), earlier.change());
  }

  List<Op> coded(Integer... codes) {
    List<Op> found = new ArrayList<>(ops);
    found.removeIf(op -> !Arrays.asList(codes).contains(op.what().code()));
    return found;
  }

  List<Op> wholeRetractions(boolean byOpener) {
    List<Op> found = coded(5);
    found.removeIf(
        op ->
            !(((Operation.Retract) op.what()).target() instanceof Target.Whole)
                || held.openers().contains(op.member()) != byOpener);
    return found;
  }

  boolean hidden(Op said) {
    for (Op op : coded(5)) {
      Target target = ((Operation.Retract) op.what()).target();
      boolean own = op.member().equals(said.member());
      if (target instanceof Target.OfNote place) {
        if (place.change().equals(said.change()) && place.index() == said.place()) {
          return true;
        }
      } else if (target instanceof Target.OfField of) {
        if (own && of.field().equals(said.what().about().orElse(null)) && saw(op, said)) {
          return true;
        }
      } else if (own && !held.openers().contains(op.member()) && saw(op, said)) {
        return true;
      }
    }
    return false;
  }

  boolean undone(ChangeId change) {
    for (Op op : coded(7)) {
      ChangeId named = ((Operation.UndoDecision) op.what()).decision();
      if (named.equals(change) && held.saw(op.change(), change) && !undone(op.change())) {
        return true;
      }
    }
    return false;
  }

  @Nullable Op latest(int code) {
    List<Op> said = coded(code);
    return said.stream()
        .filter(op -> said.stream().noneMatch(other -> saw(other, op)))
        .max(ORDER)
        .orElse(null);
  }
}
