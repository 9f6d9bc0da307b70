package dev.cairn.client.casualty;

import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a record as the document it was imported from: the same keys in the same order, the same
 * numbers to the digit, the same texts; what has been said since stands in its place or behind.
 * Stateless, safe for use by several threads.
 */
public final class CasualtyWriter {

  private static final String CAIRN = "cairn";
  private static final String IMPORTED = "imported";

  private CasualtyWriter() {}

  /** The document, on one line without its end. */
  public static String write(CasualtyValues values) {
    return JsonWriting.text(document(values));
  }

  /**
   * The document with a last key {@code cairn}, which tells where it comes from. A {@code cairn}
   * that an imported file brought along is kept inside it, as {@code imported}.
   *
   * @param cairn a JSON object
   * @throws IllegalArgumentException if it is none
   */
  public static String write(CasualtyValues values, String cairn) {
    Map<String, Json> members = new LinkedHashMap<>(document(values).members());
    Map<String, Json> own = new LinkedHashMap<>(object(cairn).members());
    Json before = members.remove(CAIRN);
    if (before != null && !before.isNull()) {
      own.put(IMPORTED, before);
    }
    members.put(CAIRN, new Json.Members(own));
    return JsonWriting.text(new Json.Members(members));
  }

  /**
   * The counts for which the shape of casualty JSON has no key, as a JSON list of objects: those
   * with an area, an as-of date, a source, or a filter of their own. {@code []} if there are none.
   */
  public static String otherCounts(CasualtyValues values) {
    return JsonWriting.text(new Json.Items(List.copyOf(ValueTree.otherCounts(values))));
  }

  private static Json.Members document(CasualtyValues values) {
    Optional<Layout> shaped = values.register(Field.of(KnownField.SHAPE)).map(Layout::ofShape);
    return shaped.orElseGet(Layout::common).arrange(ValueTree.of(values));
  }

  private static Json.Members object(String json) {
    try {
      if (JsonReading.read(json) instanceof Json.Members object) {
        return object;
      }
    } catch (CasualtyException noJson) {
      throw new IllegalArgumentException("no JSON: " + noJson.getMessage());
    }
    throw new IllegalArgumentException("no JSON object");
  }
}
