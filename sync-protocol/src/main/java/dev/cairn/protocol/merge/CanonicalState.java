package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The canonical encoding of a record's state, part by part as section 9 lists them. */
final class CanonicalState {

  private static final int PARTS = 11;

  private final RecordState state;
  private final CborWriter out = new CborWriter();

  private CanonicalState(RecordState state) {
    this.state = state;
  }

  static byte[] encode(RecordState state) {
    return new CanonicalState(state).encode();
  }

  private byte[] encode() {
    out.array(PARTS).bytes(state.record().bytes()).uint(state.kind());
    fields();
    sets();
    statements();
    out.array(2).bool(state.visible());
    places(state.retractions());
    out.array(2);
    review();
    assignment();
    attachments();
    erased();
    refused();
    places(state.unknown());
    return out.toBytes();
  }

  private void fields() {
    out.array(state.fields().size());
    for (FieldState field : state.fields()) {
      field.field().write(out.array(5));
      out.uint(field.status().code());
      values(field);
      out.array(field.shown().isPresent() ? 1 : 0);
      field.shown().ifPresent(value -> value.write(out));
      decisions(field);
    }
  }

  private void values(FieldState field) {
    List<FieldValue> standing = new ArrayList<>(field.values().size());
    for (FieldValue value : field.values()) {
      if (!value.assertions().isEmpty()) {
        standing.add(value);
      }
    }
    out.array(standing.size());
    for (FieldValue value : standing) {
      value.value().write(out.array(2));
      out.array(value.assertions().size());
      for (Assertion assertion : value.assertions()) {
        origin(out.array(4), assertion.origin());
      }
    }
  }

  private void decisions(FieldState field) {
    List<Decision> inForce = new ArrayList<>(1);
    for (Decision decision : field.decisions()) {
      if (decision.force() == Decision.Force.IN_FORCE) {
        inForce.add(decision);
      }
    }
    out.array(inForce.size());
    for (Decision decision : inForce) {
      origin(out.array(decision.keepsAll() ? 4 : 5), decision.origin());
      decision.value().ifPresent(value -> value.write(out));
    }
  }

  private static void origin(CborWriter out, Origin origin) {
    out.bytes(origin.member().bytes()).bytes(origin.device().bytes());
    out.bytes(origin.change().bytes()).uint(origin.clock());
  }

  private void sets() {
    List<SetState> sets = new ArrayList<>(state.sets().size());
    for (SetState set : state.sets()) {
      if (!set.present().isEmpty()) {
        sets.add(set);
      }
    }
    out.array(sets.size());
    for (SetState set : sets) {
      Field field = set.field();
      field.write(out.array(2));
      out.array(set.present().size());
      for (SetState.Element element : set.present()) {
        element.value().write(out.array(2));
        out.bytes(element.added().get(0).change().bytes());
      }
    }
  }

  private void statements() {
    List<Entry> entries = standing(state.statements());
    out.array(entries.size());
    for (Entry entry : entries) {
      place(out.array(3), entry.origin());
      out.raw(Operations.encode(entry.operation()));
    }
  }

  private static List<Entry> standing(List<Entry> entries) {
    List<Entry> standing = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (!entry.retracted()) {
        standing.add(entry);
      }
    }
    return standing;
  }

  private void places(List<Entry> entries) {
    out.array(entries.size());
    for (Entry entry : entries) {
      place(out.array(2), entry.origin());
    }
  }

  private static void place(CborWriter out, Origin origin) {
    out.bytes(origin.change().bytes()).uint(origin.index());
  }

  private void review() {
    Optional<Entry> entry = state.review();
    if (!entry.isPresent()) {
      out.nul();
      return;
    }
    Operation.Review review = (Operation.Review) entry.get().operation();
    out.array(2).uint(review.state().code()).bytes(entry.get().origin().change().bytes());
  }

  private void assignment() {
    Optional<Entry> entry = state.assignment();
    if (!entry.isPresent()) {
      out.nul();
      return;
    }
    Operation.Assign assign = (Operation.Assign) entry.get().operation();
    out.array(2);
    if (assign.member() == null) {
      out.nul();
    } else {
      out.bytes(assign.member().bytes());
    }
    out.bytes(entry.get().origin().change().bytes());
  }

  private void attachments() {
    List<Entry> entries = standing(state.attachments());
    out.array(entries.size());
    for (Entry entry : entries) {
      Operation.Attach attach = (Operation.Attach) entry.operation();
      out.array(3).bytes(attach.attachment().bytes());
      place(out, entry.origin());
    }
  }

  private void erased() {
    out.array(state.erased().size());
    for (Erased erased : state.erased()) {
      out.array(3).bytes(erased.change().bytes()).array(erased.by().size());
      for (Origin origin : erased.by()) {
        out.bytes(origin.change().bytes());
      }
      out.array(erased.fields().size());
      erased.fields().forEach(field -> field.write(out));
    }
  }

  private void refused() {
    out.array(state.refused().size());
    for (Refusal refusal : state.refused()) {
      place(out.array(3), refusal.origin());
      out.uint(refusal.reason().code());
    }
  }
}
