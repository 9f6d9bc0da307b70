package dev.cairn.cli.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.client.held.HeldChange;
import dev.cairn.client.leaving.QuarantinedChange;
import dev.cairn.desk.review.FieldJson;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.merge.Hlc;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.RosterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A change in quarantine, as a document and as a line. */
final class QuarantinedDocument {

  private static final int OPERATIONS_MAX = 16;
  private static final int TEXT_CHARACTERS_MAX = 200;
  private static final int LINE_CHARACTERS_MAX = 100;
  private static final int SHORT_ID = 12;

  private QuarantinedDocument() {}

  static ObjectNode of(QuarantinedChange change, RosterState roster) {
    HeldChange held = change.held();
    ObjectNode document =
        Output.object()
            .put("change", change.id().toString())
            .put("device", held.change().prefix().device().toString())
            .put("member", change.member().toString())
            .put("sequence", held.change().prefix().sequence());
    held.opened()
        .ifPresent(
            opened -> {
              document.put("record", opened.record().toString());
              document.put(
                  "time", Instant.ofEpochMilli(Hlc.millis(opened.body().clock())).toString());
            });
    document.put("way", held.position().isPresent() ? "log" : "hand");
    ArrayNode says = document.putArray("says");
    held.opened().ifPresent(opened -> says(opened.body(), says));
    held.unopened()
        .ifPresent(
            why -> document.put("unopened", why.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    ArrayNode why = document.putArray("why");
    for (StatementId suspension : change.suspensions()) {
      ObjectNode one = why.addObject().put("suspension", suspension.toString());
      ArrayNode by = one.putArray("by");
      roster
          .statement(suspension)
          .ifPresent(found -> found.signers().forEach(signer -> by.add(signer.toString())));
    }
    document.put("acceptable", change.isAcceptable());
    document.put("refused", change.refusal().isPresent());
    change
        .refusal()
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> document.put("reason", text));
    return document;
  }

  private static void says(Body body, ArrayNode says) {
    List<Operation> operations = body.operations();
    for (int i = 0; i < Math.min(operations.size(), OPERATIONS_MAX); i++) {
      says(operations.get(i), says.addObject());
    }
    if (operations.size() > OPERATIONS_MAX) {
      says.addObject().put("more", operations.size() - OPERATIONS_MAX);
    }
  }

  private static void says(Operation operation, ObjectNode node) {
    if (operation instanceof Operation.Assert said) {
      node.put("field", said.field().name());
      node.set("value", FieldJson.of(said.field(), said.value()));
    } else if (operation instanceof Operation.Add add) {
      node.put("field", add.field().name());
      ArrayNode added = node.putArray("added");
      add.values().forEach(value -> added.add(FieldJson.of(add.field(), value)));
    } else if (operation instanceof Operation.Remove remove) {
      node.put("field", remove.field().name());
      ArrayNode removed = node.putArray("removed");
      remove.values().forEach(value -> removed.add(FieldJson.of(remove.field(), value)));
    } else if (operation instanceof Operation.Note note) {
      node.put("note", cut(note.text(), TEXT_CHARACTERS_MAX));
    } else if (operation instanceof Operation.Comment comment) {
      node.put("comment", cut(comment.text(), TEXT_CHARACTERS_MAX));
    } else if (operation instanceof Operation.Answer answer) {
      node.put("answer", cut(answer.text(), TEXT_CHARACTERS_MAX));
    } else if (operation instanceof Operation.Attach attach) {
      node.put("attachment", attach.file().id().toString());
    } else if (operation instanceof Operation.Retract retract) {
      node.put("retraction", cut(retract.reason(), TEXT_CHARACTERS_MAX));
    } else if (operation instanceof Operation.Erase erase) {
      node.put("withdraws", erase.erased().toString());
    } else {
      node.put("operation", operation.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
  }

  /** For people: which, of whom, how it came, whether it was refused, and how it begins. */
  static String line(JsonNode document) {
    List<String> words = new ArrayList<>();
    words.add(document.path("change").asText().substring(0, SHORT_ID));
    words.add("device " + document.path("device").asText().substring(0, SHORT_ID));
    words.add("by " + document.path("way").asText());
    if (document.path("refused").asBoolean()) {
      words.add("refused here");
    } else if (!document.path("acceptable").asBoolean()) {
      words.add("not yours to accept");
    }
    String says =
        document.has("unopened")
            ? "cannot be opened: " + document.path("unopened").asText()
            : document.path("says").toString();
    words.add(cut(says, LINE_CHARACTERS_MAX));
    return String.join("  ", words);
  }

  private static String cut(String text, int charactersMax) {
    int count = text.codePointCount(0, text.length());
    return count <= charactersMax
        ? text
        : text.substring(0, text.offsetByCodePoints(0, charactersMax)) + "…";
  }
}
