package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A record as the auditor merges it: every operation with who said it and what he had seen, in the
 * order of section 9, and which of them are taken back.
 */
final class OwnRecord {

  private static final Set<Integer> TAKEN_BACK = Set.of(1, 2, 4, 10, 11, 12, 13);
  private static final long LAST_KIND = 6;

  /** One operation, at its place in a change. */
  record Said(HeldFact by, SpokenFact in, int place, Operation operation) {
    ChangeId change() {
      return by.change().id;
    }

    DeviceId device() {
      return by.change().device;
    }
  }

  /** A change that is withdrawn, as the accounts tell of it. */
  private record Gone(
      ChangeId erased, DeviceId device, Set<ChangeId> parents, Set<Field> fields, boolean opened) {}

  private static final Comparator<Said> ORDER =
      Comparator.<Said>comparingLong(said -> said.in().clock())
          .thenComparing(Said::device)
          .thenComparing(Said::change)
          .thenComparingInt(Said::place);

  private final OwnRoster roster;
  private final List<Said> everything = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();
  private final List<Said> retracting = new ArrayList<>();
  private final Map<ChangeId, Gone> gone = new TreeMap<>();
  private final Map<ChangeId, Set<ChangeId>> parents = new HashMap<>();
  private final Map<ChangeId, Set<ChangeId>> reached = new HashMap<>();
  private final Set<DeviceId> openers = new TreeSet<>();
  private final long kind;

  /** Of the changes of one record that count and are not withdrawn. */
  OwnRecord(
      List<HeldFact> changes,
      Map<ChangeId, ChangeFact> held,
      OwnErasures erasures,
      OwnRoster roster) {
    this.roster = roster;
    for (HeldFact each : changes) {
      SpokenFact spoken = each.spoken();
      if (spoken == null) {
        continue;
      }
      Set<ChangeId> before = new TreeSet<>(spoken.parents());
      ChangeId erased = each.change().erases;
      if (erased != null) {
        before.add(erased);
        ChangeFact target = held.get(erased);
        if (target != null && erasures.of(erased).contains(each.change().id)) {
          withdraw(target, spoken);
        }
      }
      parents.put(each.change().id, before);
      if (spoken.opens()) {
        openers.add(member(each.change().device));
      }
      int place = 0;
      for (Operation operation : spoken.operations()) {
        everything.add(new Said(each, spoken, place++, operation));
      }
    }
    gone.values().forEach(each -> parents.put(each.erased(), each.parents()));
    everything.sort(ORDER);
    kind = kindOf(changes, erasures);
    everything.stream().filter(this::counts).forEach(said::add);
    said.stream()
        .filter(each -> each.operation() instanceof Operation.Retract)
        .forEach(retracting::add);
  }

  private void withdraw(ChangeFact erased, SpokenFact by) {
    Gone known =
        gone.computeIfAbsent(
            erased.id, id -> new Gone(id, erased.device, new TreeSet<>(), new TreeSet<>(), false));
    for (Operation operation : by.operations()) {
      if (operation instanceof Operation.Erase account
          && account.erased().equals(erased.id)
          && account.author().equals(erased.device)) {
        known.parents().addAll(account.parents());
        known.fields().addAll(account.fields());
        if (account.opened()) {
          openers.add(member(erased.device));
          gone.put(
              erased.id, new Gone(erased.id, erased.device, known.parents(), known.fields(), true));
        }
      }
    }
  }

  DeviceId member(DeviceId device) {
    return roster.authority().member(device);
  }

  boolean mayDecide(DeviceId device) {
    return roster.decides(device);
  }

  long kind() {
    return kind;
  }

  private long kindOf(List<HeldFact> changes, OwnErasures erasures) {
    List<HeldFact> ordered = new ArrayList<>();
    for (HeldFact each : changes) {
      if (each.spoken() != null) {
        ordered.add(each);
      }
    }
    ordered.sort(
        Comparator.<HeldFact>comparingLong(each -> spoken(each).clock())
            .thenComparing(each -> each.change().device)
            .thenComparing(each -> each.change().id));
    List<Long> byRank = new ArrayList<>(List.of(0L, 0L, 0L, 0L, 0L));
    Set<Integer> known = new HashSet<>();
    for (HeldFact each : ordered) {
      int rank = rank(each, erasures);
      if (known.add(rank)) {
        byRank.set(rank, spoken(each).kind());
      }
    }
    return byRank.get(known.stream().mapToInt(Integer::intValue).min().orElse(0));
  }

  private int rank(HeldFact each, OwnErasures erasures) {
    ChangeId erased = each.change().erases;
    Gone withdrawn = erased == null ? null : gone.get(erased);
    boolean opens =
        withdrawn != null
            && erasures.of(withdrawn.erased()).contains(each.change().id)
            && spoken(each).operations().stream()
                .anyMatch(
                    op ->
                        op instanceof Operation.Erase account
                            && account.opened()
                            && account.erased().equals(withdrawn.erased())
                            && account.author().equals(withdrawn.device()));
    if (spoken(each).opens() || opens) {
      return 0;
    }
    if (roster.decides(each.change().device)) {
      return 1;
    }
    long stated = spoken(each).kind();
    if (stated < 1 || stated > LAST_KIND || stated == 4 || stated == 5) {
      return 4;
    }
    return roster.authority().isConfirmed(each.change().device) ? 2 : 3;
  }

  private static SpokenFact spoken(HeldFact fact) {
    SpokenFact spoken = fact.spoken();
    if (spoken == null) {
      throw new IllegalArgumentException("not opened");
    }
    return spoken;
  }

  private boolean counts(Said each) {
    long stated = each.in().kind();
    if (stated < 1 || stated > LAST_KIND || each.operation() instanceof Operation.Unknown) {
      return false;
    }
    int code = each.operation().code();
    boolean needsRole =
        kind == 4
            || kind == 5
            || stated == 4
            || stated == 5
            || (code >= 6 && code <= 11)
            || code == 14
            || code == 15;
    return !needsRole || roster.decides(each.device());
  }

  /** What counts, in the order of section 9. */
  List<Said> said() {
    return said;
  }

  /** Of one kind of operation. */
  List<Said> said(Class<? extends Operation> type) {
    return said.stream().filter(each -> type.isInstance(each.operation())).toList();
  }

  /** Whether one change had seen another. */
  boolean hasSeen(ChangeId one, ChangeId other) {
    return !one.equals(other)
        && reachedFrom(one).contains(other)
        && !reachedFrom(other).contains(one);
  }

  /** Whether whoever said one thing had seen another. */
  boolean hasSeen(Said one, Said other) {
    return one.change().equals(other.change())
        ? one.place() > other.place()
        : hasSeen(one.change(), other.change());
  }

  private Set<ChangeId> reachedFrom(ChangeId from) {
    Set<ChangeId> known = reached.get(from);
    if (known == null) {
      known = new HashSet<>();
      Deque<ChangeId> open = new ArrayDeque<>();
      open.add(from);
      while (!open.isEmpty()) {
        for (ChangeId parent : parents.getOrDefault(open.remove(), Set.of())) {
          if (parents.containsKey(parent) && known.add(parent)) {
            open.add(parent);
          }
        }
      }
      reached.put(from, known);
    }
    return known;
  }

  /** Whether what was said is taken back. */
  boolean isHidden(Said each) {
    if (!TAKEN_BACK.contains(each.operation().code())) {
      return false;
    }
    return retracting.stream()
        .filter(retraction -> member(retraction.device()).equals(member(each.device())))
        .anyMatch(retraction -> takesBack(retraction, each));
  }

  private boolean takesBack(Said retraction, Said each) {
    Operation.Target target = ((Operation.Retract) retraction.operation()).target();
    if (target instanceof Operation.Target.OfNote of) {
      return of.change().equals(each.change()) && of.index() == each.place();
    }
    if (target instanceof Operation.Target.OfField of) {
      int code = each.operation().code();
      return (code == 1 || code == 2)
          && each.operation().about().equals(java.util.Optional.of(of.field()))
          && hasSeen(retraction, each);
    }
    return !openers.contains(member(each.device())) && hasSeen(retraction, each);
  }

  /** Whether a member who opened the record takes all of it back. */
  boolean isRetractedByOpener() {
    return retracting.stream()
        .anyMatch(
            each ->
                ((Operation.Retract) each.operation()).target() instanceof Operation.Target.Whole
                    && openers.contains(member(each.device())));
  }

  /** Whether a withdrawn change spoke of a field. */
  boolean isWithdrawn(Field field) {
    return gone.values().stream().anyMatch(each -> each.fields().contains(field));
  }

  /** Whether a later statement of the same member, now withdrawn, took the place of this one. */
  boolean isBelowWithdrawn(Said each, Field field) {
    return gone.values().stream()
        .anyMatch(
            ghost ->
                ghost.fields().contains(field)
                    && member(ghost.device()).equals(member(each.device()))
                    && hasSeen(ghost.erased(), each.change()));
  }

  /** Whether an undoing that holds reaches a change. */
  boolean isUndone(ChangeId change) {
    for (Said undo : said(Operation.UndoDecision.class)) {
      boolean reaches =
          ((Operation.UndoDecision) undo.operation()).decision().equals(change)
              && hasSeen(undo.change(), change);
      if (reaches && !isUndone(undo.change())) {
        return true;
      }
    }
    return false;
  }

  /** Every field of a register that is spoken of. */
  Set<Field> fields() {
    Set<Field> fields = new TreeSet<>();
    for (Said each : said) {
      if (each.operation() instanceof Operation.Assert stated) {
        fields.add(stated.field());
      } else if (each.operation() instanceof Operation.Decide decided) {
        fields.add(decided.field());
      }
    }
    gone.values().forEach(each -> fields.addAll(each.fields()));
    return fields;
  }
}
