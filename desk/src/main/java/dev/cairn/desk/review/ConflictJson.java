package dev.cairn.desk.review;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A conflict as JSON, the shape of the command line's contract. */
public final class ConflictJson {

  private ConflictJson() {}

  /** One conflict. */
  public static ObjectNode of(Conflict conflict) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("record", conflict.record().toString());
    node.put("field", conflict.field().name());
    node.set(
        "shown",
        conflict
            .shown()
            .map(value -> FieldJson.of(conflict.field(), value))
            .orElse(JsonNodeFactory.instance.nullNode()));
    node.put("shown_by", conflict.shownBy());
    node.put("rule", conflict.rule());
    ArrayNode values = node.putArray("values");
    for (Conflict.Side side : conflict.values()) {
      ObjectNode value = values.addObject();
      value.set("value", FieldJson.of(conflict.field(), side.value()));
      value.put("member", side.member().toString());
      value.put("device", side.device().toString());
      value.put("change", side.change().toString());
      value.put("time", Instant.ofEpochMilli(side.millis()).toString());
      ArrayNode seen = value.putArray("seen");
      side.seen().forEach(change -> seen.add(change.toString()));
      value.put("decision", side.decision());
    }
    return node;
  }
}
