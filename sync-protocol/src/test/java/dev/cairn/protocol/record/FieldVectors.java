package dev.cairn.protocol.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.vectors.VectorJson;
import java.util.Locale;

/** {@code fields-1.json}: the table other programs read. */
public final class FieldVectors {

  private FieldVectors() {}

  public static ArrayNode make() {
    ArrayNode table = VectorJson.array();
    for (KnownField known : KnownField.values()) {
      ObjectNode row = table.addObject().put("code", known.code()).put("path", known.path());
      row.put("value", known.shape().name().toLowerCase(Locale.ROOT));
      row.put("merges", known.merging().name().toLowerCase(Locale.ROOT));
      known.words().forEach(row.putArray("words")::add);
    }
    return table;
  }
}
