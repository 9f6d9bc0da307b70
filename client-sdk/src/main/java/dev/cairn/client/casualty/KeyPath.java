package dev.cairn.client.casualty;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys joined by dots, as fields without a code are named. In a key a dot and a backslash follow a
 * backslash; so does a top-level {@code record}, a name that reviews use for the record as a whole.
 */
final class KeyPath {

  private static final String RESERVED = "record";

  private KeyPath() {}

  /** The path of a top-level key. */
  static String of(String key) {
    return key.equals(RESERVED) ? "\\" + RESERVED : escaped(key);
  }

  /** The path of a key inside the object at a path. */
  static String of(String parent, String key) {
    return parent + "." + escaped(key);
  }

  private static String escaped(String key) {
    return key.replace("\\", "\\\\").replace(".", "\\.");
  }

  /** The keys of a path. */
  static List<String> keys(String path) {
    List<String> keys = new ArrayList<>();
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' && i + 1 < path.length()) {
        key.append(path.charAt(++i));
      } else if (c == '.') {
        keys.add(key.toString());
        key.setLength(0);
      } else {
        key.append(c);
      }
    }
    keys.add(key.toString());
    return keys;
  }
}
