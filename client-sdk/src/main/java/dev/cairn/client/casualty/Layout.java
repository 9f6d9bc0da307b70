package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborMap;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.FieldName;
import dev.cairn.protocol.record.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys the objects of a document have, in which order, and which of them are null. Most files
 * have the common layout, which costs nothing; where one differs, the field {@code shape} carries
 * for each differing object its keys, or null if null stands in its place.
 *
 * <p>A shape is a map from the object's path to null or to a list of keys; a key of the common
 * layout is written as its place there. What in a shape makes no sense is passed over.
 */
final class Layout {

  static final String TOP = "";
  static final String PLACE = "place";

  private static final List<String> TOP_KEYS =
      list(
          "code",
          "date",
          "time_of_day",
          PLACE,
          "killed",
          "injured",
          "alleged_perpetrators",
          "method",
          "cause",
          "evidence_grade",
          "attribution",
          "narrative_ar",
          "sources");
  private static final List<String> PLACE_KEYS =
      list("en", "ar", "region", "latitude", "longitude");
  private static final List<String> RANGE_KEYS = list("min", "max");

  private final Map<String, Optional<List<String>>> differing;

  private Layout(Map<String, Optional<List<String>>> differing) {
    this.differing = differing;
  }

  private static List<String> list(String... keys) {
    return Collections.unmodifiableList(Arrays.asList(keys));
  }

  static Layout common() {
    return new Layout(Collections.emptyMap());
  }

  /** The layout a shape describes. */
  static Layout ofShape(CborValue shape) {
    Map<String, Optional<List<String>>> differing = new LinkedHashMap<>();
    if (shape instanceof CborMap map) {
      for (Map.Entry<CborValue, CborValue> entry : map.entries().entrySet()) {
        if (entry.getKey() instanceof CborValue.Text path) {
          if (entry.getValue() instanceof CborArray keys) {
            differing.put(path.value(), Optional.of(keys(path.value(), keys)));
          } else {
            differing.put(path.value(), Optional.empty());
          }
        }
      }
    }
    return new Layout(differing);
  }

  private static List<String> keys(String path, CborArray shape) {
    List<String> known = numbered(path);
    Set<String> keys = new LinkedHashSet<>();
    for (CborValue item : shape.items()) {
      if (item instanceof CborValue.Text key) {
        keys.add(key.value());
      } else if (item instanceof CborValue.Int at && at.value() >= 0 && at.value() < known.size()) {
        keys.add(known.get((int) at.value()));
      }
    }
    return new ArrayList<>(keys);
  }

  /** How a document differs from what its values alone would give; empty if it does not. */
  static Optional<CborValue> shapeOf(Json.Members document, Branch values) {
    Map<CborValue, CborValue> shape = new LinkedHashMap<>();
    compare(TOP, document, Optional.of(values), shape);
    return shape.isEmpty() ? Optional.empty() : Optional.of(CborValue.map(shape));
  }

  private static void compare(
      String path, Json found, Optional<Branch> values, Map<CborValue, CborValue> shape) {
    if (!(found instanceof Json.Members object)) {
      shape.put(CborValue.of(path), CborValue.nul());
      return;
    }
    List<String> keys = new ArrayList<>(object.members().keySet());
    if (!keys.equals(common().keys(path, values))) {
      shape.put(CborValue.of(path), written(path, keys));
    }
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      String inside = inside(path, member.getKey());
      boolean raw = values.isPresent() && values.get().leaf(member.getKey()).isPresent();
      if (isObject(inside) && !raw) {
        compare(inside, member.getValue(), branch(values, member.getKey()), shape);
      } else if (isList(inside) && member.getValue().isNull()) {
        shape.put(CborValue.of(inside), CborValue.nul());
      }
    }
  }

  private static CborValue written(String path, List<String> keys) {
    List<String> known = numbered(path);
    List<CborValue> items = new ArrayList<>();
    for (String key : keys) {
      int at = known.indexOf(key);
      items.add(at < 0 ? CborValue.of(key) : CborValue.of(at));
    }
    return CborValue.array(items);
  }

  /** The document that holds these values. */
  Json.Members arrange(Branch values) {
    return arrange(TOP, Optional.of(values));
  }

  private Json.Members arrange(String path, Optional<Branch> values) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (String key : keys(path, values)) {
      Optional<Json> leaf = values.flatMap(branch -> branch.leaf(key));
      members.put(
          key, leaf.isPresent() ? leaf.get() : nothingOrBranch(inside(path, key), key, values));
    }
    return new Json.Members(members);
  }

  private Json nothingOrBranch(String path, String key, Optional<Branch> values) {
    Optional<Branch> branch = branch(values, key);
    if (branch.isPresent()) {
      return arrange(path, branch);
    }
    Optional<List<String>> shape = differing.get(path);
    boolean isNull = shape != null && !shape.isPresent();
    if (isNull) {
      return new Json.Null();
    }
    if (isList(path)) {
      return new Json.Items(Collections.emptyList());
    }
    return isObject(path) ? arrange(path, Optional.empty()) : new Json.Null();
  }

  /** The keys of an object: those of its layout, and behind them those that hold more. */
  private List<String> keys(String path, Optional<Branch> values) {
    Optional<List<String>> shape = differing.get(path);
    Set<String> keys =
        new LinkedHashSet<>(shape != null && shape.isPresent() ? shape.get() : alwaysThere(path));
    values.ifPresent(branch -> keys.addAll(branch.keys()));
    return new ArrayList<>(keys);
  }

  private static Optional<Branch> branch(Optional<Branch> values, String key) {
    return values.flatMap(branch -> branch.branch(key));
  }

  private static String inside(String path, String key) {
    return path.isEmpty() ? KeyPath.of(key) : KeyPath.of(path, key);
  }

  private static List<String> alwaysThere(String path) {
    return isCounts(path) ? Collections.emptyList() : numbered(path);
  }

  /** The keys that a shape writes as numbers; never to be reordered. */
  private static List<String> numbered(String path) {
    if (path.equals(TOP)) {
      return TOP_KEYS;
    }
    if (path.equals(PLACE)) {
      return PLACE_KEYS;
    }
    if (isCounts(path)) {
      return new ArrayList<>(FieldName.jsonGroups().keySet());
    }
    return isRange(path) ? RANGE_KEYS : Collections.emptyList();
  }

  private static boolean isObject(String path) {
    return path.equals(PLACE) || isCounts(path) || isRange(path);
  }

  private static boolean isCounts(String path) {
    return Metric.ofWord(path).isPresent();
  }

  private static boolean isRange(String path) {
    int dot = path.indexOf('.');
    return dot > 0
        && isCounts(path.substring(0, dot))
        && FieldName.jsonGroups().containsKey(path.substring(dot + 1));
  }

  private static boolean isList(String path) {
    return path.equals("alleged_perpetrators") || path.equals("sources");
  }
}
