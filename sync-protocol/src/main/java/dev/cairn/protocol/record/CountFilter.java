package dev.cairn.protocol.record;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which people a count counts: {@code key=value} pairs joined by {@code ;}, keys ascending, each
 * once; empty for everybody. One group has one text, so that texts can be compared.
 */
public final class CountFilter {

  /** Everybody. */
  public static final String EVERYBODY = "";

  private static final Map<String, List<String>> WORDS = words();

  private CountFilter() {}

  private static Map<String, List<String>> words() {
    SortedMap<String, List<String>> words = new TreeMap<>();
    words.put("age", Arrays.asList("child", "adult", "unknown"));
    words.put("sex", Arrays.asList("woman", "man", "unknown"));
    words.put(
        "status",
        Arrays.asList(
            "civilian", "protected", "armed-forces", "participating", "belligerent", "unknown"));
    return Collections.unmodifiableMap(words);
  }

  /** The keys a filter may have, with the values of each, in the order a filter writes them. */
  public static Map<String, List<String>> keys() {
    return WORDS;
  }

  /**
   * Brings what a person wrote into the one form: any order, spaces around the signs.
   *
   * @throws IllegalArgumentException if a key or value is not of the closed lists, or a key repeats
   */
  public static String canonical(String text) {
    SortedMap<String, String> pairs = new TreeMap<>();
    if (text.trim().isEmpty()) {
      return EVERYBODY;
    }
    for (String pair : text.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("a filter is made of key=value pairs joined by ;");
      }
      String key = pair.substring(0, equals).trim();
      String value = pair.substring(equals + 1).trim();
      List<String> allowed = WORDS.get(key);
      if (allowed == null) {
        throw new IllegalArgumentException("a filter's keys are " + WORDS.keySet());
      }
      if (!allowed.contains(value)) {
        throw new IllegalArgumentException("a filter's " + key + " is one of " + allowed);
      }
      if (pairs.put(key, value) != null) {
        throw new IllegalArgumentException("a filter has each key once");
      }
    }
    return joined(pairs);
  }

  private static String joined(SortedMap<String, String> pairs) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      text.append(text.length() == 0 ? "" : ";").append(pair.getKey()).append('=');
      text.append(pair.getValue());
    }
    return text.toString();
  }

  /**
   * Whether a text from the wire is a filter in its one form. Keys and values may be ones that this
   * program does not know: they are compared as they are.
   */
  static boolean isCanonical(String text) {
    if (text.isEmpty()) {
      return true;
    }
    String before = "";
    for (String pair : text.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        return false;
      }
      String key = pair.substring(0, equals);
      if (!isWord(key) || !isWord(pair.substring(equals + 1)) || key.compareTo(before) <= 0) {
        return false;
      }
      before = key;
    }
    return true;
  }

  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
