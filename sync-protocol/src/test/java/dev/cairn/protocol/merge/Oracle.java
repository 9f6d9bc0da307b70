package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Outcome;
import dev.cairn.protocol.record.Operation.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Section 9 read aloud, sentence by sentence and without a thought for speed: what the merge is
 * held against. Shares no code with it.
 */
final class Oracle {

  /** An operation with all it carries. */
  private record Op(
      ChangeId change,
      MemberId member,
      DeviceId device,
      boolean decides,
      long clock,
      int place,
      Operation what) {}

  /** A value of a register and who states it; {@code of} is whose claims compete. */
  private record Claim(Op op, CborValue value, Object of) {}

  private static final Comparator<Op> ORDER =
      Comparator.comparingLong(Op::clock)
          .thenComparing(Op::device)
          .thenComparing(Op::change)
          .thenComparingInt(Op::place);

  private final MergeAuthority authority;
  private final Map<ChangeId, Label> known = new TreeMap<>();
  private final Map<ChangeId, Label> counting = new TreeMap<>();
  private final Map<ChangeId, MergeChange> held = new TreeMap<>();
  private final Map<ChangeId, Set<ChangeId>> erasedBy = new TreeMap<>();
  private final Map<ChangeId, Set<ChangeId>> reached = new HashMap<>();
  private final List<Op> ops = new ArrayList<>();
  private final Map<Op, Integer> refused = new HashMap<>();
  private final List<Op> unknown = new ArrayList<>();

  Oracle(Collection<MergeChange> changes, Collection<Label> labels, MergeAuthority authority) {
    this.authority = authority;
    for (Label label : labels) {
      if (authority.author(label.device()).isPresent()
          && authority.counts(label.change(), label.device())) {
        counting.put(label.change(), label);
      }
      known.put(label.change(), label);
    }
    for (MergeChange change : changes) {
      if (authority.author(change.device()).isPresent()
          && authority.counts(change.id(), change.device())) {
        held.put(change.id(), change);
      }
    }
    Set<ChangeId> here = new TreeSet<>(held.keySet());
    for (Label label : counting.values()) {
      Label target = label.erasesOrNull() == null ? null : counting.get(label.erasesOrNull());
      if (target != null && mayErase(label, target)) {
        held.remove(target.change());
        if (here.contains(label.change())) {
          erasedBy.computeIfAbsent(target.change(), any -> new TreeSet<>()).add(label.change());
        }
      }
    }
    reach();
    collect();
  }

  private Author author(DeviceId device) {
    return authority.author(device).orElseThrow();
  }

  /** Whether the circles of an erasure include those of what it erases, which is no erasure. */
  private boolean mayErase(Label erasure, Label target) {
    return author(erasure.device()).decides()
        && target.erasesOrNull() == null
        && new HashSet<>(erasure.audience().circles())
            .containsAll(new HashSet<>(target.audience().circles()));
  }

  private List<Operation.Erase> erasures(ChangeId erased) {
    List<Operation.Erase> erasures = new ArrayList<>();
    for (ChangeId by : erasedBy.getOrDefault(erased, Collections.emptySet())) {
      for (Operation operation : held.get(by).operations()) {
        if (operation instanceof Operation.Erase erase
            && erase.erased().equals(erased)
            && erase.author().equals(counting.get(erased).device())) {
          erasures.add(erase);
        }
      }
    }
    return erasures;
  }

  private void reach() {
    Set<ChangeId> all = new TreeSet<>(held.keySet());
    all.addAll(erasedBy.keySet());
    for (ChangeId id : all) {
      Set<ChangeId> next = new HashSet<>();
      if (erasedBy.containsKey(id)) {
        erasures(id).forEach(erase -> next.addAll(erase.parents()));
      } else {
        next.addAll(held.get(id).parents());
        if (held.get(id).erases() != null) {
          next.add(held.get(id).erases());
        }
      }
      next.retainAll(all);
      reached.put(id, next);
    }
    for (boolean more = true; more; ) {
      more = false;
      for (ChangeId id : all) {
        Set<ChangeId> further = new HashSet<>(reached.get(id));
        for (ChangeId parent : reached.get(id)) {
          further.addAll(reached.get(parent));
        }
        more |= reached.get(id).addAll(further);
      }
    }
  }

  private boolean saw(ChangeId later, ChangeId earlier) {
    return reached.get(later).contains(earlier) && !reached.get(earlier).contains(later);
  }

  private boolean saw(Op later, Op earlier) {
    return later.change().equals(earlier.change())
        ? later.place() > earlier.place()
        : saw(later.change(), earlier.change());
  }

  private List<MergeChange> standing() {
    List<MergeChange> standing = new ArrayList<>(held.values());
    standing.removeIf(change -> erasedBy.containsKey(change.id()));
    standing.sort(
        Comparator.comparingLong(MergeChange::clock)
            .thenComparing(MergeChange::device)
            .thenComparing(MergeChange::id));
    return standing;
  }

  private long kind() {
    List<MergeChange> standing = standing();
    for (MergeChange change : standing) {
      boolean tellsOpened = false;
      if (change.erases() != null && erasedBy.containsKey(change.erases())) {
        if (erasedBy.get(change.erases()).contains(change.id())) {
          for (Operation operation : change.operations()) {
            tellsOpened |=
                operation instanceof Operation.Erase erase
                    && erase.erased().equals(change.erases())
                    && erase.author().equals(counting.get(change.erases()).device())
                    && erase.opened();
          }
        }
      }
      if (change.opens() || tellsOpened) {
        return change.kind();
      }
    }
    for (MergeChange change : standing) {
      if (author(change.device()).decides()) {
        return change.kind();
      }
    }
    List<Long> open = Arrays.asList(1L, 2L, 3L, 6L);
    for (MergeChange change : standing) {
      if (!author(change.device()).provisional() && open.contains(change.kind())) {
        return change.kind();
      }
    }
    for (MergeChange change : standing) {
      if (open.contains(change.kind())) {
        return change.kind();
      }
    }
    return standing.isEmpty() ? 0 : standing.get(0).kind();
  }

  private void collect() {
    long kind = kind();
    for (MergeChange change : standing()) {
      Author author = author(change.device());
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
      Label target = known.get(erase.erased());
      if (!erase.erased().equals(held.get(op.change()).erases())) {
        reason = 5;
      } else if (target != null && target.erasesOrNull() != null) {
        reason = 6;
      } else if (!erasedBy
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
    MergeChange target = held.get(place.change());
    if (target == null || erasedBy.containsKey(place.change())) {
      return 0;
    }
    if (!author(target.device()).member().equals(op.member())) {
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

  private List<Op> coded(Integer... codes) {
    List<Op> found = new ArrayList<>(ops);
    found.removeIf(op -> !Arrays.asList(codes).contains(op.what().code()));
    return found;
  }

  private Set<MemberId> openers() {
    Set<MemberId> openers = new HashSet<>();
    for (MergeChange change : standing()) {
      if (change.opens()) {
        openers.add(author(change.device()).member());
      }
    }
    for (ChangeId erased : erasedBy.keySet()) {
      for (Operation.Erase erase : erasures(erased)) {
        if (erase.opened()) {
          authority.author(erase.author()).ifPresent(author -> openers.add(author.member()));
        }
      }
    }
    return openers;
  }

  private List<Op> wholeRetractions(boolean byOpener) {
    List<Op> found = coded(5);
    found.removeIf(
        op ->
            !(((Operation.Retract) op.what()).target() instanceof Target.Whole)
                || openers().contains(op.member()) != byOpener);
    return found;
  }

  private boolean hidden(Op said) {
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
      } else if (own && !openers().contains(op.member()) && saw(op, said)) {
        return true;
      }
    }
    return false;
  }

  private boolean undone(ChangeId change) {
    for (Op op : coded(7)) {
      ChangeId named = ((Operation.UndoDecision) op.what()).decision();
      if (named.equals(change) && saw(op.change(), change) && !undone(op.change())) {
        return true;
      }
    }
    return false;
  }

  private List<Claim> claims(Field field) {
    List<Claim> claims = new ArrayList<>();
    for (Op op : coded(1)) {
      Operation.Assert assertion = (Operation.Assert) op.what();
      if (assertion.field().equals(field)) {
        claims.add(new Claim(op, assertion.value(), op.member()));
      }
    }
    List<Op> retractions = wholeRetractions(true);
    if (field.equals(Field.RECORD) && !retractions.isEmpty()) {
      for (Op op : retractions) {
        claims.add(
            new Claim(op, CborValue.of("retracted"), Arrays.asList(op.member(), "retracted")));
      }
      Map<ChangeId, Op> last = new TreeMap<>();
      for (Op op : coded(1, 2, 4, 13)) {
        boolean before = retractions.stream().anyMatch(retraction -> saw(retraction, op));
        boolean itself = op.what().about().equals(java.util.Optional.of(Field.RECORD));
        if (!before && !itself && !hidden(op)) {
          last.put(op.change(), op);
        }
      }
      for (Op op : last.values()) {
        claims.add(new Claim(op, CborValue.of("kept"), Arrays.asList(op.member(), "kept")));
      }
    }
    claims.sort(Comparator.comparing(Claim::op, ORDER));
    return claims;
  }

  private boolean hidden(Claim claim) {
    return claim.of() instanceof MemberId && hidden(claim.op());
  }

  private boolean withdrawnAfter(Field field, Op said) {
    for (ChangeId erased : erasedBy.keySet()) {
      for (Operation.Erase any : erasures(erased)) {
        for (Operation.Erase erase : erasures(erased)) {
          Author author = authority.author(erase.author()).orElse(null);
          if (any.fields().contains(field)
              && author != null
              && author.member().equals(said.member())
              && saw(erased, said.change())) {
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
              .anyMatch(other -> other.of().equals(claim.of()) && saw(other.op(), claim.op()));
      if (!superseded && !withdrawnAfter(field, claim.op())) {
        latest.put(claim.of(), claim);
      }
    }
    List<Claim> standing = new ArrayList<>(latest.values());
    standing.sort(Comparator.comparing(Claim::op, ORDER));
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
    List<Op> decisions = coded(6);
    decisions.removeIf(
        op ->
            !((Operation.Decide) op.what()).field().equals(field)
                || undone(op.change())
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
            && saw(later.op(), claim.op())) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable CborValue register(Field field) {
    List<Claim> standing = standing(field);
    List<Op> decisions = decisions(field);
    List<Op> inForce = new ArrayList<>(decisions);
    inForce.removeIf(op -> decisions.stream().anyMatch(other -> saw(other, op)));
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
      for (ChangeId erased : erasedBy.keySet()) {
        listed |= erasures(erased).stream().anyMatch(erase -> erase.fields().contains(field));
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
            && !saw(one.op(), other.op())
            && !saw(other.op(), one.op())) {
          return true;
        }
      }
    }
    return false;
  }

  private CborValue greatestUnseen(List<Claim> candidates) {
    return candidates.stream()
        .filter(claim -> candidates.stream().noneMatch(other -> saw(other.op(), claim.op())))
        .max(Comparator.comparing(Claim::op, ORDER))
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

  private @Nullable CborValue set(Field field) {
    List<CborValue> present = new ArrayList<>();
    for (Op op : coded(2)) {
      Operation.Add add = (Operation.Add) op.what();
      for (CborValue value : add.values()) {
        boolean there =
            present.stream()
                .anyMatch(
                    element ->
                        ((dev.cairn.protocol.cbor.CborArray) element).items().get(0).equals(value));
        if (add.field().equals(field) && !there && stands(op, field, value)) {
          present.add(array(value, id(op.change())));
        }
      }
    }
    return present.isEmpty() ? null : array(tree(field), CborValue.array(present));
  }

  private boolean stands(Op add, Field field, CborValue value) {
    for (Op op : coded(3)) {
      Operation.Remove remove = (Operation.Remove) op.what();
      if (remove.field().equals(field)
          && remove.values().contains(value)
          && (op.decides() || op.member().equals(add.member()))
          && saw(op, add)) {
        return false;
      }
    }
    return !hidden(add);
  }

  private @Nullable Op latest(int code) {
    List<Op> said = coded(code);
    return said.stream()
        .filter(op -> said.stream().noneMatch(other -> saw(other, op)))
        .max(ORDER)
        .orElse(null);
  }

  private boolean visible(List<CborValue> registers) {
    for (CborValue register : registers) {
      List<CborValue> items = ((dev.cairn.protocol.cbor.CborArray) register).items();
      boolean settled =
          items.get(1).equals(CborValue.of(0)) || items.get(1).equals(CborValue.of(3));
      if (items.get(0).equals(CborValue.of("record"))
          && settled
          && items.get(3).equals(array(CborValue.of("retracted")))
          && !wholeRetractions(true).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  CborValue canonical(byte[] record) {
    Set<Field> fields = new TreeSet<>();
    for (Op op : ops) {
      op.what().about().ifPresent(fields::add);
    }
    for (ChangeId erased : erasedBy.keySet()) {
      erasures(erased).forEach(erase -> fields.addAll(erase.fields()));
    }
    fields.add(Field.RECORD);
    List<CborValue> registers = new ArrayList<>();
    List<CborValue> sets = new ArrayList<>();
    for (Field field : fields) {
      boolean isSet = field.equals(Story.TAGS) || field.equals(Field.of(KnownField.METHODS));
      CborValue state = isSet ? set(field) : register(field);
      if (state != null) {
        (isSet ? sets : registers).add(state);
      }
    }
    Predicate<Op> hidden = this::hidden;
    List<Op> statements = coded(4, 10, 11, 12, 15);
    statements.removeIf(hidden);
    List<Op> attached = coded(13);
    attached.removeIf(hidden);
    Op review = latest(8);
    Op assigned = latest(9);
    List<Op> badOps = new ArrayList<>(refused.keySet());
    Comparator<Op> byPlace = Comparator.comparing(Op::change).thenComparingInt(Op::place);
    badOps.sort(byPlace);
    unknown.sort(byPlace);
    return array(
        CborValue.of(record),
        CborValue.of(kind()),
        CborValue.array(registers),
        CborValue.array(sets),
        list(statements, op -> array(id(op.change()), place(op), tree(op.what()))),
        array(
            CborValue.of(visible(registers)),
            list(coded(5), op -> array(id(op.change()), place(op)))),
        array(
            review == null ? CborValue.nul() : array(state(review), id(review.change())),
            assigned == null ? CborValue.nul() : array(member(assigned), id(assigned.change()))),
        list(
            attached,
            op ->
                array(
                    CborValue.of(((Operation.Attach) op.what()).attachment().bytes()),
                    id(op.change()),
                    place(op))),
        list(new ArrayList<>(erasedBy.keySet()), this::erased),
        list(badOps, op -> array(id(op.change()), place(op), CborValue.of((int) refused.get(op)))),
        list(unknown, op -> array(id(op.change()), place(op))));
  }

  private CborValue erased(ChangeId change) {
    Set<Field> fields = new TreeSet<>();
    erasures(change).forEach(erase -> fields.addAll(erase.fields()));
    List<MergeChange> by = standing();
    by.removeIf(one -> !erasedBy.get(change).contains(one.id()));
    return array(id(change), list(by, one -> id(one.id())), list(fields, Oracle::tree));
  }

  private static CborValue state(Op op) {
    return CborValue.of(((Operation.Review) op.what()).state().code());
  }

  private static CborValue member(Op op) {
    MemberId member = ((Operation.Assign) op.what()).member();
    return member == null ? CborValue.nul() : CborValue.of(member.bytes());
  }

  private static CborValue place(Op op) {
    return CborValue.of(op.place());
  }

  private static CborValue id(ChangeId id) {
    return CborValue.of(id.bytes());
  }

  private static CborValue tree(Field field) {
    return decoded(field.encode());
  }

  private static CborValue tree(Operation operation) {
    return decoded(dev.cairn.protocol.record.Operations.encode(operation));
  }

  private static CborValue decoded(byte[] item) {
    try {
      return CborValue.decode(item);
    } catch (dev.cairn.protocol.MalformedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static CborValue array(CborValue... items) {
    return CborValue.array(items);
  }

  private static <T> CborValue list(
      Collection<T> items, java.util.function.Function<T, CborValue> encoding) {
    List<CborValue> encoded = new ArrayList<>();
    items.forEach(item -> encoded.add(encoding.apply(item)));
    return CborValue.array(encoded);
  }
}
