package dev.cairn.simulation.audit;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.merge.Assertion;
import dev.cairn.protocol.merge.Decision;
import dev.cairn.protocol.merge.Entry;
import dev.cairn.protocol.merge.FieldState;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.merge.SetState;
import dev.cairn.protocol.merge.Status;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Merging;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * P6: nothing that a member said disappears, nobody replaces what another said, only coordinators
 * decide, and nothing is there that nobody said. Holds the product's merge of a record against the
 * auditor's own.
 */
final class MergeAudit {

  private static final String P6 = "P6";

  private final Findings findings;
  private final String where;
  private final RecordState state;
  private final OwnRecord own;

  private MergeAudit(Findings findings, String where, RecordState state, OwnRecord own) {
    this.findings = findings;
    this.where = where;
    this.state = state;
    this.own = own;
  }

  /** Judges one record as somebody merged it. */
  static void judge(Findings findings, String who, RecordState state, OwnRecord own) {
    String where = " of record " + Names.of(state.record()) + " on " + who;
    MergeAudit audit = new MergeAudit(findings, where, state, own);
    audit.whole();
    audit.registers();
    audit.sets();
    audit.besides();
    audit.latest();
  }

  private void whole() {
    if (state.kind() != own.kind()) {
      findings.add(P6, "merge.kind", state.kind() + " instead of " + own.kind() + where);
    }
    if (!own.isRetractedByOpener() && !state.visible()) {
      findings.add(P6, "merge.visible", "nobody retracted what is hidden" + where);
    }
  }

  private void registers() {
    Map<Field, FieldState> found = new TreeMap<>();
    state.fields().forEach(each -> found.put(each.field(), each));
    Set<Field> fields = new TreeSet<>(own.fields());
    fields.addAll(found.keySet());
    for (Field field : fields) {
      if (field.merging() != Merging.SET && !field.equals(Field.RECORD)) {
        String there = " in " + field + where;
        register(there, new OwnRegister(own, field), Optional.ofNullable(found.get(field)));
      }
    }
  }

  private void register(String there, OwnRegister expected, Optional<FieldState> found) {
    Map<String, String> must = new TreeMap<>();
    for (OwnRecord.Said each : expected.all()) {
      String fate =
          expected.standing().contains(each)
              ? "STANDING"
              : own.isHidden(each) ? "RETRACTED" : "SUPERSEDED";
      must.put(place(each), fate + " " + encoded(OwnRegister.value(each)));
    }
    Map<String, String> is = new TreeMap<>();
    Map<String, String> standing = new TreeMap<>();
    Set<ChangeId> inForce = new TreeSet<>();
    if (found.isPresent()) {
      for (Assertion each : found.get().history()) {
        is.put(place(each), each.fate() + " " + encoded(each.value()));
      }
      found.get().values().stream()
          .flatMap(value -> value.assertions().stream())
          .forEach(each -> standing.put(place(each), each.fate() + " " + encoded(each.value())));
      for (Decision each : found.get().decisions()) {
        if (each.force() == Decision.Force.IN_FORCE) {
          inForce.add(each.origin().change());
        }
      }
    }
    compare("merge.history", must, is, there);
    must.values().removeIf(fate -> !fate.startsWith("STANDING"));
    compare("merge.values", must, standing, there);
    if (!inForce.equals(expected.inForce())) {
      findings.add(
          P6,
          "merge.decisions",
          names(inForce) + " in force instead of " + names(expected.inForce()) + there);
    }
    Optional<Status> status = found.map(FieldState::status);
    if (!status.equals(expected.status())) {
      findings.add(P6, "merge.status", status + " instead of " + expected.status() + there);
    }
    Optional<CborValue> shown = found.flatMap(FieldState::shown);
    if (!shown.equals(expected.shown())) {
      findings.add(P6, "merge.shown", "not what the rule says" + there);
    }
  }

  private void sets() {
    Map<Field, Map<String, String>> must = new TreeMap<>();
    List<OwnRecord.Said> removed = own.said(Operation.Remove.class);
    for (OwnRecord.Said each : own.said(Operation.Add.class)) {
      Operation.Add add = (Operation.Add) each.operation();
      for (CborValue value : add.values()) {
        if (!own.isHidden(each) && removed.stream().noneMatch(it -> takesOut(it, each, value))) {
          must.computeIfAbsent(add.field(), any -> new TreeMap<>()).put(encoded(value), "present");
        }
      }
    }
    Map<Field, Map<String, String>> is = new TreeMap<>();
    for (SetState each : state.sets()) {
      Map<String, String> present = new HashMap<>();
      each.present().forEach(element -> present.put(encoded(element.value()), "present"));
      is.put(each.field(), present);
    }
    Set<Field> fields = new TreeSet<>(must.keySet());
    fields.addAll(is.keySet());
    for (Field field : fields) {
      compare(
          "merge.set",
          must.getOrDefault(field, Map.of()),
          is.getOrDefault(field, Map.of()),
          " in " + field + where);
    }
  }

  private boolean takesOut(OwnRecord.Said removal, OwnRecord.Said addition, CborValue value) {
    Operation.Remove remove = (Operation.Remove) removal.operation();
    boolean may =
        own.member(removal.device()).equals(own.member(addition.device()))
            || own.mayDecide(removal.device());
    return may
        && remove.field().equals(((Operation.Add) addition.operation()).field())
        && remove.values().contains(value)
        && own.hasSeen(removal, addition);
  }

  private void besides() {
    Map<String, String> must = new TreeMap<>();
    for (OwnRecord.Said each : own.said()) {
      int code = each.operation().code();
      if (code == 4 || (code >= 10 && code <= 13) || code == 15) {
        must.put(place(each), code + (own.isHidden(each) ? " retracted" : ""));
      }
    }
    Map<String, String> is = new TreeMap<>();
    List<Entry> entries = new ArrayList<>(state.statements());
    entries.addAll(state.attachments());
    for (Entry each : entries) {
      is.put(
          place(each.origin().change(), each.origin().index()),
          each.operation().code() + (each.retracted() ? " retracted" : ""));
    }
    compare("merge.statements", must, is, where);
  }

  private void latest() {
    latest("merge.review", Operation.Review.class, state.review());
    latest("merge.assignment", Operation.Assign.class, state.assignment());
  }

  private void latest(String rule, Class<? extends Operation> type, Optional<Entry> found) {
    List<OwnRecord.Said> all = own.said(type);
    Optional<String> must = Optional.empty();
    for (OwnRecord.Said each : all) {
      if (all.stream().noneMatch(other -> own.hasSeen(other, each))) {
        must = Optional.of(place(each));
      }
    }
    Optional<String> is =
        found.map(entry -> place(entry.origin().change(), entry.origin().index()));
    if (!must.equals(is)) {
      findings.add(P6, rule, is + " instead of " + must + where);
    }
  }

  private void compare(
      String rule, Map<String, String> must, Map<String, String> is, String there) {
    must.forEach(
        (place, what) -> {
          String found = is.get(place);
          if (found == null) {
            findings.add(P6, rule, "lost " + Names.of(place) + there);
          } else if (!found.equals(what)) {
            findings.add(P6, rule, word(found) + " is no " + word(what) + there);
          }
        });
    for (String place : is.keySet()) {
      if (!must.containsKey(place)) {
        findings.add(P6, rule, "nobody said " + Names.of(place) + there);
      }
    }
  }

  private static String word(String fate) {
    return fate.split(" ", 2)[0];
  }

  private static String place(OwnRecord.Said said) {
    return place(said.change(), said.place());
  }

  private static String place(Assertion assertion) {
    return place(assertion.origin().change(), assertion.origin().index());
  }

  private static String place(ChangeId change, int place) {
    return change + "#" + place;
  }

  private static String encoded(CborValue value) {
    return HexFormat.of().formatHex(value.encode());
  }

  private static String names(Set<ChangeId> changes) {
    return changes.stream().map(Names::of).toList().toString();
  }
}
