package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the list of sources of a document. */
final class SourceReading {

  private static final String PATH = "sources";

  private SourceReading() {}

  static List<CborValue> read(Json value) throws CasualtyException {
    List<CborValue> elements = new ArrayList<>();
    Repetition repetition = new Repetition();
    List<Json> items = IncidentReading.items(PATH, value);
    for (int i = 0; i < items.size(); i++) {
      elements.add(repetition.number(source(PATH + "[" + i + "]", items.get(i))));
    }
    return elements;
  }

  private static CborValue source(String path, Json value) throws CasualtyException {
    if (value.isNull()) {
      return CborValue.nul();
    }
    Map<String, Json> members = IncidentReading.members(path, value);
    for (String key : SourceKeys.KEYS) {
      Json part = members.get(key);
      if (part != null && !part.isNull() && !(part instanceof Json.Text)) {
        throw IncidentReading.wrongType(path + "." + key, "a text or null");
      }
    }
    if (!new ArrayList<>(members.keySet()).equals(SourceKeys.KEYS)) {
      return CborValue.of(JsonWriting.text(value));
    }
    List<CborValue> parts = new ArrayList<>();
    members.values().forEach(part -> parts.add(textOrNull(part)));
    return CborValue.array(parts);
  }

  /** For a value that is known to be a text or null. */
  static CborValue textOrNull(Json value) {
    return value instanceof Json.Text text ? CborValue.of(text.value()) : CborValue.nul();
  }
}
