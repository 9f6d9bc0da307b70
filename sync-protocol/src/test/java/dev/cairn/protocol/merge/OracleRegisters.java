package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.OracleForm.array;
import static dev.cairn.protocol.merge.OracleForm.id;
import static dev.cairn.protocol.merge.OracleForm.list;
import static dev.cairn.protocol.merge.OracleForm.tree;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import dev.cairn.protocol.merge.OracleOperations.Op;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a field shows, and who else says what of it. */
final class OracleRegisters {

  /** A value of a register and who states it; {@code of} is whose claims compete. */
  private record Claim(Op op, CborValue value, Object of) {}

  private final OracleHeld held;
  private final OracleOperations ops;

  OracleRegisters(OracleHeld held, OracleOperations ops) {
    this.held = held;
    this.ops = ops;
  }

  private List<Claim> claims(Field field) {
    List<Claim> claims = new ArrayList<>();
    for (Op op : ops.coded(1)) {
      Operation.Assert assertion = (Operation.Assert) op.what();
      if (assertion.field().equals(field)) {
        claims.add(new Claim(op, assertion.value(), op.member()));
      }
    }
    List<Op> retractions = ops.wholeRetractions(true);
    if (field.equals(Field.RECORD) && !retractions.isEmpty()) {
      for (Op op : retractions) {
        claims.add(
            new Claim(op, CborValue.of("retracted"), Arrays.asList(op.member(), "retracted")));
      }
      Map<ChangeId, Op> last = new TreeMap<>();
      for (Op op : ops.coded(1, 2, 4, 13)) {
        boolean before = retractions.stream().anyMatch(retraction -> ops.saw(retraction, op));
        boolean itself = op.what().about().equals(Optional.of(Field.RECORD));
        if (!before && !itself && !ops.hidden(op)) {
          last.put(op.change(), op);
        }
      }
      for (Op op : last.values()) {
        claims.add(new Claim(op, CborValue.of("kept"), Arrays.asList(op.member(), "kept")));
      }
    }
    claims.sort(Comparator.comparing(Claim::op, OracleOperations.ORDER));
    return claims;
  }

  private boolean hidden(Claim claim) {
    return claim.of() instanceof MemberId && ops.hidden(claim.op());
  }

  private boolean withdrawnAfter(Field field, Op said) {
    for (ChangeId erased : held.erasedBy().keySet()) {
      for (Operation.Erase any : held.erasures(erased)) {
        for (Operation.Erase erase : held.erasures(erased)) {
          Author author = held.authorOrNull(erase.author());
          if (any.fields().contains(field)
              && author != null
              && author.member().equals(said.member())
              && held.saw(erased, said.change())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private List<Claim> standing(Field field) {
    List<Claim> visible = claims(field);
    visible.removeIf(this::hidden);
    Map<Object, Claim> latest = new HashMap<>();
    for (Claim claim : visible) {
      boolean superseded =
          visible.stream()
              .anyMatch(other -> other.of().equals(claim.of()) && ops.saw(other.op(), claim.op()));
      if (!superseded && !withdrawnAfter(field, claim.op())) {
        latest.put(claim.of(), claim);
      }
    }
    List<Claim> standing = new ArrayList<>(latest.values());
    standing.sort(Comparator.comparing(Claim::op, OracleOperations.ORDER));
    return standing;
  }

  private @Nullable CborValue chosen(Field field, Op op) {
    Outcome outcome = ((Operation.Decide) op.what()).outcome();
    if (outcome instanceof Outcome.Value value) {
      return value.value();
    }
    CborValue value = null;
    for (Claim claim : claims(field)) {
      if (outcome instanceof Outcome.Choose choose && claim.op().change().equals(choose.change())) {
        value = claim.value();
      }
    }
    return value;
  }

  private static boolean keepsAll(Op op) {
    return ((Operation.Decide) op.what()).outcome() instanceof Outcome.KeepAll;
  }

  private List<Op> decisions(Field field) {
    List<Op> decisions = ops.coded(6);
    decisions.removeIf(
        op ->
            !((Operation.Decide) op.what()).field().equals(field)
                || ops.undone(op.change())
                || (!keepsAll(op) && chosen(field, op) == null));
    return decisions;
  }

  private boolean settled(Field field, Claim claim, List<Op> decisions) {
    for (Op op : decisions) {
      List<ChangeId> named = ((Operation.Decide) op.what()).settles();
      if (named.contains(claim.op().change())) {
        return true;
      }
      for (Claim later : claims(field)) {
        if (named.contains(later.op().change())
            && later.of().equals(claim.of())
            && ops.saw(later.op(), claim.op())) {
          return true;
        }
      }
    }
    return false;
  }

  @Nullable CborValue register(Field field) {
    List<Claim> standing = standing(field);
    List<Op> decisions = decisions(field);
    List<Op> inForce = new ArrayList<>(decisions);
    inForce.removeIf(op -> decisions.stream().anyMatch(other -> ops.saw(other, op)));
    Set<CborValue> values = new TreeSet<>();
    standing.forEach(claim -> values.add(claim.value()));
    int status;
    CborValue shown = null;
    if (!inForce.isEmpty()) {
      Set<Object> outcomes = new HashSet<>();
      inForce.forEach(op -> outcomes.add(keepsAll(op) ? "all" : chosen(field, op)));
      Set<Object> accepted = new HashSet<>(outcomes);
      for (Claim claim : standing) {
        if (outcomes.contains("all") && settled(field, claim, decisions)) {
          accepted.add(claim.value());
        }
      }
      List<Claim> open = new ArrayList<>(standing);
      open.removeIf(claim -> accepted.contains(claim.value()) || settled(field, claim, decisions));
      boolean kept = outcomes.equals(Collections.singleton("all"));
      if (outcomes.size() > 1 || !open.isEmpty()) {
        status = outcomes.size() > 1 ? 6 : 5;
        List<Claim> candidates = new ArrayList<>(kept ? standing : open);
        for (Op op : inForce) {
          CborValue value = chosen(field, op);
          if (value != null) {
            candidates.add(new Claim(op, value, op));
          }
        }
        shown = greatestUnseen(candidates);
      } else {
        status = kept ? 4 : 3;
        shown = kept ? null : chosen(field, inForce.get(0));
      }
    } else if (standing.isEmpty()) {
      boolean listed = false;
      for (ChangeId erased : held.erasedBy().keySet()) {
        listed |= held.erasures(erased).stream().anyMatch(erase -> erase.fields().contains(field));
      }
      if (!listed && claims(field).isEmpty()) {
        return null;
      }
      status = listed ? 7 : 8;
    } else if (field.equals(Field.of(KnownField.SHAPE))) {
      status = 0;
      List<Claim> visible = claims(field);
      visible.removeIf(this::hidden);
      shown = visible.get(0).value();
    } else {
      status = values.size() == 1 ? 0 : concurrent(standing) ? 2 : 1;
      shown = greatestUnseen(standing);
    }
    return array(
        tree(field),
        CborValue.of(status),
        list(values, value -> array(value, signers(standing, value))),
        shown == null ? array() : array(shown),
        list(inForce, op -> decision(field, op)));
  }

  private boolean concurrent(List<Claim> standing) {
    for (Claim one : standing) {
      for (Claim other : standing) {
        if (!one.value().equals(other.value())
            && !ops.saw(one.op(), other.op())
            && !ops.saw(other.op(), one.op())) {
          return true;
        }
      }
    }
    return false;
  }

  private CborValue greatestUnseen(List<Claim> candidates) {
    return candidates.stream()
        .filter(claim -> candidates.stream().noneMatch(other -> ops.saw(other.op(), claim.op())))
        .max(Comparator.comparing(Claim::op, OracleOperations.ORDER))
        .orElseThrow()
        .value();
  }

  private static CborValue signers(List<Claim> standing, CborValue value) {
    List<CborValue> signers = new ArrayList<>();
    for (Claim claim : standing) {
      if (claim.value().equals(value)) {
        signers.add(array(origin(claim.op())));
      }
    }
    return CborValue.array(signers);
  }

  private static CborValue[] origin(Op op) {
    return new CborValue[] {
      CborValue.of(op.member().bytes()),
      CborValue.of(op.device().bytes()),
      id(op.change()),
      CborValue.of(op.clock())
    };
  }

  private CborValue decision(Field field, Op op) {
    List<CborValue> items = new ArrayList<>(Arrays.asList(origin(op)));
    if (!keepsAll(op)) {
      items.add(chosen(field, op));
    }
    return CborValue.array(items);
  }
}
