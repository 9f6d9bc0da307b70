package dev.cairn.cli.review;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.client.Device;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.desk.Desk;
import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.desk.review.FieldJson;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.Assertion;
import dev.cairn.protocol.merge.Decision;
import dev.cairn.protocol.merge.Entry;
import dev.cairn.protocol.merge.Erased;
import dev.cairn.protocol.merge.FieldState;
import dev.cairn.protocol.merge.Hlc;
import dev.cairn.protocol.merge.Origin;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.merge.Refusal;
import dev.cairn.protocol.merge.SetState;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A merged record with everything anybody said of it, as JSON. */
final class RecordDocument {

  private final ObjectNode document = Output.object();
  private final Set<DeviceId> signers = new TreeSet<>();

  private final Desk desk;
  private final Device device;

  private RecordDocument(Desk desk) {
    this.desk = desk;
    this.device = desk.device();
  }

  static ObjectNode of(RecordState state, Desk desk) throws CairnException {
    RecordDocument made = new RecordDocument(desk);
    made.document
        .put("record", state.record().toString())
        .put("kind", state.kind())
        .put("state", Desk.reviewWord(state))
        .put("visible", state.visible())
        .put("conflicts", state.conflicts().size());
    state.assignment().ifPresent(made::assigned);
    ArrayNode fields = made.document.putArray("fields");
    state.fields().forEach(field -> made.field(field, fields.addObject()));
    ArrayNode sets = made.document.putArray("sets");
    state.sets().forEach(set -> made.set(set, sets.addObject()));
    made.entries("statements", state.statements());
    made.entries("attachments", state.attachments());
    made.here(state.attachments());
    made.oldKeys(state.statements());
    made.entries("retractions", state.retractions());
    ArrayNode refused = made.document.putArray("refused");
    for (Refusal refusal : state.refused()) {
      made.by(refusal.origin(), refused.addObject().put("reason", refusal.reason().word()));
    }
    ArrayNode erased = made.document.putArray("erased");
    for (Erased gone : state.erased()) {
      ObjectNode one =
          erased
              .addObject()
              .put("change", gone.change().toString())
              .put("device", gone.device().toString())
              .put("accounted", gone.accounted());
      ArrayNode about = one.putArray("fields");
      gone.fields().forEach(field -> about.add(field.name()));
      ArrayNode by = one.putArray("by");
      for (Origin origin : gone.by()) {
        ObjectNode who = by.addObject();
        made.reason(gone.change(), origin).ifPresent(reason -> who.put("reason", reason));
        made.by(origin, who);
      }
    }
    made.document.put("newer", state.unknown().size());
    made.signers(desk.device().devices());
    return made.document;
  }

  /** Why a change says that it erases another; nothing if it tells of some other change. */
  private Optional<String> reason(ChangeId erased, Origin origin) throws CairnException {
    Optional<AddressedChange> erasure = desk.records().change(origin.change());
    if (erasure.isPresent()) {
      for (Operation operation : erasure.get().change().operations()) {
        if (operation instanceof Operation.Erase erase && erase.erased().equals(erased)) {
          return Optional.of(erase.reason());
        }
      }
    }
    return Optional.empty();
  }

  private void assigned(Entry entry) {
    if (entry.operation() instanceof Operation.Assign assign && assign.member() != null) {
      document.put("assigned", assign.member().toString());
    }
  }

  private void field(FieldState state, ObjectNode node) {
    Field field = state.field();
    node.put("field", field.name()).put("status", state.status().word());
    node.put("shown_by", state.rule().word());
    state.shown().ifPresent(value -> node.set("shown", FieldJson.of(field, value)));
    ArrayNode said = node.putArray("said");
    for (Assertion assertion : state.history()) {
      ObjectNode one = said.addObject();
      one.set("value", FieldJson.of(field, assertion.value()));
      one.put("fate", word(assertion.fate()));
      by(assertion.origin(), one);
    }
    ArrayNode decisions = node.putArray("decisions");
    for (Decision decision : state.decisions()) {
      ObjectNode one = decisions.addObject();
      decision.value().ifPresent(value -> one.set("value", FieldJson.of(field, value)));
      one.put("keeps_all", decision.keepsAll()).put("force", word(decision.force()));
      one.put("reason", decision.operation().reason());
      by(decision.origin(), one);
    }
  }

  private void set(SetState state, ObjectNode node) {
    node.put("field", state.field().name());
    elements(state.field(), state.present(), node.putArray("present"));
    elements(state.field(), state.past(), node.putArray("past"));
  }

  private void elements(Field field, List<SetState.Element> elements, ArrayNode list) {
    for (SetState.Element element : elements) {
      ObjectNode node = list.addObject();
      node.set("value", FieldJson.of(field, element.value()));
      ArrayNode added = node.putArray("added");
      element.added().forEach(origin -> by(origin, added.addObject()));
    }
  }

  private void entries(String name, List<Entry> entries) {
    ArrayNode list = document.putArray(name);
    for (Entry entry : entries) {
      ObjectNode node = list.addObject();
      said(entry.operation(), node);
      node.put("retracted", entry.retracted());
      by(entry.origin(), node);
    }
  }

  /** Whether the file of each attachment is in this store. */
  private void here(List<Entry> attachments) throws CairnException {
    for (int i = 0; i < attachments.size(); i++) {
      if (attachments.get(i).operation() instanceof Operation.Attach attach
          && document.path("attachments").get(i) instanceof ObjectNode node) {
        node.put("here", device.holdsAttachment(attach.file().id()));
      }
    }
  }

  /** Whether a question without an answer may never have been read. */
  private void oldKeys(List<Entry> statements) throws CairnException {
    Set<ChangeId> answered = new HashSet<>();
    for (Entry entry : statements) {
      if (entry.operation() instanceof Operation.Answer answer) {
        answered.add(answer.question());
      }
    }
    for (int i = 0; i < statements.size(); i++) {
      ChangeId change = statements.get(i).origin().change();
      if (statements.get(i).operation() instanceof Operation.Ask
          && document.path("statements").get(i) instanceof ObjectNode node) {
        node.put("old_key", !answered.contains(change) && desk.wentUnderOldKey(change));
      }
    }
  }

  private static void said(Operation operation, ObjectNode node) {
    if (operation instanceof Operation.Note note) {
      node.put("kind", "note").put("text", note.text());
    } else if (operation instanceof Operation.Comment comment) {
      node.put("kind", "comment").put("text", comment.text());
    } else if (operation instanceof Operation.Ask ask) {
      node.put("kind", "question").put("text", ask.text());
    } else if (operation instanceof Operation.Answer answer) {
      node.put("kind", "answer").put("text", answer.text());
      node.put("question", answer.question().toString());
    } else if (operation instanceof Operation.Attach attach) {
      AttachedFile file = attach.file();
      node.put("kind", "attachment").put("attachment", file.id().toString());
      node.put("name", file.name()).put("media_type", file.mediaType());
      node.put("size", file.sizeBytes());
    } else if (operation instanceof Operation.Retract retract) {
      node.put("kind", "retraction").put("reason", retract.reason());
    } else {
      node.put("kind", "confirmation");
    }
  }

  private void by(Origin origin, ObjectNode node) {
    signers.add(origin.device());
    node.put("member", origin.member().toString())
        .put("device", origin.device().toString())
        .put("provisional", origin.provisional())
        .put("change", origin.change().toString())
        .put("time", Instant.ofEpochMilli(Hlc.millis(origin.clock())).toString());
  }

  private void signers(Collection<DeviceInfo> devices) {
    ArrayNode list = document.putArray("signers");
    for (DeviceInfo info : devices) {
      if (signers.contains(info.device())) {
        ObjectNode signer =
            list.addObject()
                .put("member", info.member().toString())
                .put("device", info.device().toString())
                .put("words", info.words());
        info.pseudonym().ifPresent(name -> signer.put("pseudonym", name));
      }
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
