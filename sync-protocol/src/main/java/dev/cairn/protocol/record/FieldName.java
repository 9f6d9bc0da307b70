package dev.cairn.protocol.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How people, JSON and the command line name a field: the path; for a count the metric with its
 * group, {@code killed.civilian}, or in full {@code killed[filter|area|as-of|source]}. A path that
 * has a code, written without it, begins with {@code =}.
 */
public final class FieldName {

  private static final int PARTS = 4;
  private static final Map<String, String> GROUPS = groups();

  private FieldName() {}

  private static Map<String, String> groups() {
    Map<String, String> groups = new LinkedHashMap<>();
    groups.put("civilian", "status=civilian");
    groups.put("children", "age=child");
    groups.put("women", "sex=woman");
    groups.put("men", "sex=man");
    groups.put("belligerent", "status=belligerent");
    return Collections.unmodifiableMap(groups);
  }

  /** The groups casualty JSON has keys for, in its order, each with its filter. */
  public static Map<String, String> jsonGroups() {
    return GROUPS;
  }

  static String of(Field field) {
    return field
        .known()
        .map(KnownField::path)
        .orElseGet(() -> field.path().map(FieldName::ofPath).orElseGet(() -> ofCount(field)));
  }

  private static String ofPath(String path) {
    return isPlainPath(path) ? path : "=" + path;
  }

  private static String ofCount(Field field) {
    return field.count().map(FieldName::ofCount).orElse("");
  }

  /** Whether reading this text as a name gives back the path. */
  private static boolean isPlainPath(String path) {
    return !path.startsWith("=")
        && !KnownField.ofPath(path).isPresent()
        && !(path.endsWith("]") && path.indexOf('[') > 0)
        && shortCount(path).isEmpty();
  }

  private static String ofCount(CountKey key) {
    if (key.area().isEmpty() && key.asOf().isEmpty() && key.source().isEmpty()) {
      for (Map.Entry<String, String> group : GROUPS.entrySet()) {
        if (group.getValue().equals(key.filter())) {
          return key.metric().word() + "." + group.getKey();
        }
      }
    }
    StringBuilder text = new StringBuilder(key.metric().word()).append('[');
    List<String> parts = Arrays.asList(key.filter(), key.area(), key.asOf(), key.source());
    for (int i = 0; i < PARTS; i++) {
      text.append(i == 0 ? "" : "|").append(escaped(parts.get(i)));
    }
    return text.append(']').toString();
  }

  private static String escaped(String part) {
    return part.replace("\\", "\\\\").replace("|", "\\|");
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException if it looks like a count and is none, or is over a limit
   */
  public static Field parse(String name) {
    if (name.startsWith("=")) {
      return Field.path(name.substring(1));
    }
    KnownField known = KnownField.ofPath(name).orElse(null);
    if (known != null) {
      return Field.of(known);
    }
    int bracket = name.indexOf('[');
    if (bracket > 0 && name.endsWith("]")) {
      Metric metric = Metric.ofWord(name.substring(0, bracket)).orElse(null);
      if (metric == null) {
        throw new IllegalArgumentException("no metric of this name");
      }
      return Field.of(longCount(metric, name.substring(bracket + 1, name.length() - 1)));
    }
    List<Field> count = shortCount(name);
    return count.isEmpty() ? Field.path(name) : count.get(0);
  }

  /** One count or none. */
  private static List<Field> shortCount(String name) {
    int dot = name.indexOf('.');
    String group = dot < 0 ? null : GROUPS.get(name.substring(dot + 1));
    Metric metric = dot < 0 ? null : Metric.ofWord(name.substring(0, dot)).orElse(null);
    if (group == null || metric == null) {
      return Collections.emptyList();
    }
    return Collections.singletonList(Field.of(CountKey.of(metric, group)));
  }

  private static CountKey longCount(Metric metric, String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        part.append(text.charAt(++i));
      } else if (c == '|') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    if (parts.size() != PARTS) {
      throw new IllegalArgumentException("a count is named METRIC[FILTER|AREA|AS-OF|SOURCE]");
    }
    return new CountKey(metric, parts.get(0), parts.get(1), parts.get(2), parts.get(3));
  }
}
