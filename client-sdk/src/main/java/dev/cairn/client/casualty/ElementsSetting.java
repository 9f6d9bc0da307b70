package dev.cairn.client.casualty;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.KnownField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what a person typed for a set: texts with semicolons between, or a JSON list. */
final class ElementsSetting {

  private ElementsSetting() {}

  /** At least one element, each once. */
  static List<CborValue> read(KnownField set, Assignment assignment) throws CasualtyException {
    Set<CborValue> elements = new LinkedHashSet<>();
    if (set == KnownField.SOURCES) {
      elements.addAll(sources(assignment));
    } else {
      for (String text : texts(assignment)) {
        elements.add(element(set, assignment.path(), text));
      }
    }
    if (elements.isEmpty()) {
      throw IncidentReading.wrongType(assignment.path(), "a list with something in it");
    }
    return new ArrayList<>(elements);
  }

  private static List<CborValue> sources(Assignment assignment) throws CasualtyException {
    String value = assignment.value().trim();
    if (value.startsWith("{") || value.startsWith("[")) {
      Json json = JsonReading.read(value);
      return SourceReading.read(
          json instanceof Json.Items ? json : new Json.Items(Collections.singletonList(json)));
    }
    List<CborValue> sources = new ArrayList<>();
    for (String publisher : split(value)) {
      sources.add(
          CborValue.array(
              CborValue.of(publisher), CborValue.nul(), CborValue.nul(), CborValue.nul()));
    }
    return sources;
  }

  private static List<String> texts(Assignment assignment) throws CasualtyException {
    String value = assignment.value().trim();
    if (!value.startsWith("[")) {
      return split(value);
    }
    List<String> texts = new ArrayList<>();
    for (Json item : IncidentReading.items(assignment.path(), JsonReading.read(value))) {
      if (!(item instanceof Json.Text text)) {
        throw IncidentReading.wrongType(assignment.path(), "a list of texts");
      }
      texts.add(text.value());
    }
    return texts;
  }

  private static List<String> split(String value) {
    List<String> texts = new ArrayList<>();
    for (String text : Arrays.asList(value.split(";", -1))) {
      if (!text.trim().isEmpty()) {
        texts.add(text.trim());
      }
    }
    return texts;
  }

  private static CborValue element(KnownField set, String path, String text)
      throws CasualtyException {
    try {
      return SetReading.element(set, text);
    } catch (MalformedException noRecord) {
      throw IncidentReading.wrongType(path, "a list of record ids");
    }
  }
}
