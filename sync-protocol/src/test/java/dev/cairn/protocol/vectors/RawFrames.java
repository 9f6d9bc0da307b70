package dev.cairn.protocol.vectors;

import static dev.cairn.protocol.vectors.LaxCbor.encode;
import static dev.cairn.protocol.vectors.LaxCbor.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Writes the frames of one stream as section 3 asks, or with one thing otherwise. What is asked for
 * otherwise holds for the next frame only.
 */
public final class RawFrames {

  /** What there is nothing to rebuild from. */
  private static final Object NOTHING = new Object();

  private RawChange last;
  private final Map<String, RawChange> lastOf = new HashMap<>();
  private boolean names = true;
  private byte[] device;
  private Set<Integer> signed;
  private Set<Integer> withheld = Set.of();
  private Consumer<List<Map<Object, Object>>> edit = items -> {};
  private List<Object> positions;

  /** A stream of one frame. */
  public static byte[] of(List<RawChange> changes) {
    return new RawFrames().frame(changes);
  }

  RawFrames naming() {
    names = true;
    return this;
  }

  RawFrames as(byte[] deviceNamed) {
    device = deviceNamed;
    return this;
  }

  /** The items that carry a signature. */
  RawFrames signing(Integer... items) {
    signed = Set.of(items);
    return this;
  }

  RawFrames signingAll() {
    signed = new HashSet<>(IntStream.range(0, 20).boxed().toList());
    return this;
  }

  RawFrames withholding(Integer... items) {
    withheld = Set.of(items);
    return this;
  }

  RawFrames editing(Consumer<List<Map<Object, Object>>> change) {
    edit = change;
    return this;
  }

  RawFrames editing(int item, Consumer<Map<Object, Object>> change) {
    return editing(items -> change.accept(items.get(item)));
  }

  RawFrames at(Object... steps) {
    positions = list(steps);
    return this;
  }

  /** An entry as it stands in a stream. */
  static byte[] entry(Object entry) {
    return encode(encode(entry));
  }

  byte[] frame(List<RawChange> changes) {
    if (names) {
      last = null;
      lastOf.clear();
    }
    Set<Integer> signing = signed == null ? needed(changes) : signed;
    List<Map<Object, Object>> items = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      RawChange change = changes.get(i);
      Map<Object, Object> item = place(change);
      content(item, change, withheld.contains(i));
      if (signing.contains(i)) {
        item.put(17, change.signature);
      }
      items.add(item);
      last = change;
      lastOf.put(change.audience(), change);
    }
    edit.accept(items);
    Object named = !names ? null : device == null ? changes.get(0).device : device;
    List<Object> entry = new ArrayList<>(list(2, list(named, items)));
    if (positions != null) {
      entry.add(positions);
    }
    forget();
    return entry(entry);
  }

  private void forget() {
    names = false;
    device = null;
    signed = null;
    withheld = Set.of();
    edit = items -> {};
    positions = null;
  }

  /** The last of each audience, and what the next of its audience does not name. */
  private static Set<Integer> needed(List<RawChange> changes) {
    Set<Integer> needed = new HashSet<>();
    Map<String, RawChange> after = new HashMap<>();
    for (int i = changes.size() - 1; i >= 0; i--) {
      RawChange change = changes.get(i);
      RawChange next = after.put(change.audience(), change);
      if (next == null || !next.continues(change)) {
        needed.add(i);
      }
    }
    return needed;
  }

  private Map<Object, Object> place(RawChange change) {
    RawChange same = lastOf.get(change.audience());
    Map<Object, Object> item = new HashMap<>();
    put(item, 1, change.get(4), last == null ? NOTHING : step(last, 4));
    put(item, 2, change.get(5), last == null ? NOTHING : list(last.id));
    put(item, 3, change.get(6), last == null ? NOTHING : last.get(6));
    put(item, 4, change.get(7), same == null ? NOTHING : step(same, 7));
    put(item, 5, change.get(8), same == null ? change.get(5) : list(same.id));
    if (change.isSession()) {
      item.put(6, change.get(9));
    } else {
      put(item, 6, change.get(9), same == null ? NOTHING : same.get(9));
      boolean goesOn = same != null && isEqual(same.get(9), change.get(9));
      put(item, 7, change.get(10), !goesOn ? NOTHING : same.isSession() ? 0 : step(same, 10));
    }
    put(item, 8, change.get(11), last == null ? NOTHING : last.get(11));
    put(item, 9, change.get(12), last == null ? NOTHING : last.get(12));
    return item;
  }

  private static Object step(RawChange before, int field) {
    return 1 + ((Number) before.get(field)).longValue();
  }

  private static void put(Map<Object, Object> item, int key, Object value, Object rebuilt) {
    if (rebuilt == NOTHING || !isEqual(value, rebuilt)) {
      item.put(key, value);
    }
  }

  private static boolean isEqual(Object one, Object other) {
    return Arrays.equals(encode(one), encode(other));
  }

  private static void content(Map<Object, Object> item, RawChange change, boolean withheld) {
    Map<Integer, Integer> fields = new TreeMap<>(Map.of(10, 13, 11, 14, 12, 15, 13, 16));
    fields.forEach(
        (key, field) -> {
          if (change.get(field) != null) {
            item.put(key, change.get(field));
          }
        });
    if (!change.isSession()) {
      item.put(14, change.tail.get(0));
      item.put(withheld ? 16 : 15, withheld ? change.tail.subList(1, 3) : change.ciphertext);
    }
  }
}
