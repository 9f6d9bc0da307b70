package dev.cairn.client.casualty;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object under construction: what it holds, without the keys that hold nothing, in an order that
 * follows from the fields alone. {@link Layout} puts the keys where the imported document had them.
 */
final class Branch {

  private final Map<String, Json> leaves = new LinkedHashMap<>();
  private final Map<String, Branch> branches = new LinkedHashMap<>();
  private final List<String> order = new ArrayList<>();

  /** The keys that hold something. */
  List<String> keys() {
    return order;
  }

  boolean has(String key) {
    return leaves.containsKey(key) || branches.containsKey(key);
  }

  Optional<Json> leaf(String key) {
    return Optional.ofNullable(leaves.get(key));
  }

  Optional<Branch> branch(String key) {
    return Optional.ofNullable(branches.get(key));
  }

  /** Puts a value under a key that holds nothing yet. */
  void put(String key, Json value) {
    order.add(key);
    leaves.put(key, value);
  }

  /** The object under a key, made if there is nothing. */
  Branch descend(String key) {
    Branch inside = branches.get(key);
    if (inside == null) {
      inside = new Branch();
      order.add(key);
      branches.put(key, inside);
    }
    return inside;
  }

  /**
   * Puts a value at a path, or beside it when something else stands in the way: nothing is lost.
   */
  void putAt(List<String> path, Json value) {
    Branch at = this;
    int last = path.size() - 1;
    for (int i = 0; i < last; i++) {
      if (at.leaves.containsKey(path.get(i))) {
        at.putBeside(joined(path, i), value);
        return;
      }
      at = at.descend(path.get(i));
    }
    at.putBeside(path.get(last), value);
  }

  private void putBeside(String key, Json value) {
    StringBuilder free = new StringBuilder(key);
    while (has(free.toString())) {
      free.append('.');
    }
    put(free.toString(), value);
  }

  private static String joined(List<String> path, int from) {
    return String.join(".", path.subList(from, path.size()));
  }
}
