package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.FieldName;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Merging;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.ValueShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Puts the values of a record where a document has them, in an order that follows from the fields.
 */
final class ValueTree {

  private static final List<CountPlace> COUNT_PLACES = countPlaces();

  private final CasualtyValues values;
  private final Branch top = new Branch();

  private ValueTree(CasualtyValues values) {
    this.values = values;
  }

  static Branch of(CasualtyValues values) {
    ValueTree tree = new ValueTree(values);
    tree.knownFields();
    tree.counts();
    tree.paths();
    return tree.top;
  }

  private void knownFields() {
    for (KnownField known : KnownField.values()) {
      Field field = Field.of(known);
      if (known.merging() == Merging.SET) {
        List<CborValue> elements = values.elements(field);
        if (!elements.isEmpty()) {
          top.put(known.path(), elements(known.shape(), elements));
        }
      } else {
        values.register(field).ifPresent(value -> register(known, value));
      }
    }
  }

  private void register(KnownField known, CborValue value) {
    switch (known.shape()) {
      case TEXT, PRECISION -> top.putAt(KeyPath.keys(known.path()), scalar(value));
      case POINT -> point(value);
      default -> {
        // the layout itself, and what only links and forms have
      }
    }
  }

  private void point(CborValue value) {
    if (value instanceof CborArray point && point.items().size() == 2) {
      coordinate("latitude", point.items().get(0));
      coordinate("longitude", point.items().get(1));
    }
  }

  private void coordinate(String key, CborValue value) {
    if (value instanceof CborValue.Text degrees) {
      Json number = parsed(degrees.value());
      top.descend(Layout.PLACE)
          .put(key, number instanceof Json.Decimal ? number : new Json.Text(degrees.value()));
    }
  }

  /** A count for which a document has a place. */
  private record CountPlace(Field field, String metric, String group) {}

  private static List<CountPlace> countPlaces() {
    List<CountPlace> places = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      for (Map.Entry<String, String> group : FieldName.jsonGroups().entrySet()) {
        Field field = Field.of(CountKey.of(metric, group.getValue()));
        places.add(new CountPlace(field, metric.word(), group.getKey()));
      }
    }
    return places;
  }

  private void counts() {
    for (CountPlace place : COUNT_PLACES) {
      values
          .register(place.field)
          .flatMap(CountValue::ofValue)
          .ifPresent(count -> count(top.descend(place.metric).descend(place.group), count));
    }
  }

  private static void count(Branch branch, CountValue count) {
    figures(count).forEach(branch::put);
  }

  /** The stated parts of a count by the names casualty JSON gives them. */
  private static Map<String, Json> figures(CountValue count) {
    Map<String, Json> figures = new LinkedHashMap<>();
    putNumber(figures, "min", Optional.ofNullable(count.low()));
    putNumber(figures, "max", Optional.ofNullable(count.high()));
    putNumber(figures, "best", Optional.ofNullable(count.best()));
    if (count.qualifier() != null) {
      figures.put("qualifier", new Json.Text(count.qualifier().word()));
    }
    if (count.grade() != null) {
      figures.put("grade", new Json.Text(count.grade()));
    }
    return figures;
  }

  private static void putNumber(Map<String, Json> figures, String key, Optional<Long> number) {
    number.ifPresent(value -> figures.put(key, new Json.Decimal(Long.toString(value))));
  }

  /** Counts for which a document has no place: each with its key and its figures. */
  static List<Json> otherCounts(CasualtyValues values) {
    List<Json> counts = new ArrayList<>();
    for (Field field : new TreeSet<>(values.fields())) {
      Optional<CountValue> count = values.register(field).flatMap(CountValue::ofValue);
      if (count.isPresent() && field.count().isPresent() && !hasPlace(field)) {
        CountKey key = field.count().get();
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("metric", new Json.Text(key.metric().word()));
        members.put("filter", new Json.Text(key.filter()));
        members.put("area", new Json.Text(key.area()));
        members.put("as_of", new Json.Text(key.asOf()));
        members.put("source", new Json.Text(key.source()));
        members.putAll(figures(count.get()));
        counts.add(new Json.Members(members));
      }
    }
    return counts;
  }

  private static boolean hasPlace(Field count) {
    return !count.name().endsWith("]");
  }

  private void paths() {
    for (Field field : new TreeSet<>(values.fields())) {
      Optional<CborValue> value = values.register(field);
      if (field.path().isPresent() && value.isPresent()) {
        Json json =
            value.get() instanceof CborValue.Text text ? parsed(text.value()) : scalar(value.get());
        top.putAt(KeyPath.keys(field.path().get()), json);
      }
    }
  }

  private static Json elements(ValueShape shape, List<CborValue> elements) {
    List<Json> items = new ArrayList<>();
    for (CborValue element : elements) {
      items.add(shape == ValueShape.SOURCE ? source(element) : name(element));
    }
    return new Json.Items(items);
  }

  /** How often an element was there before it is no part of what it says. */
  private static Json name(CborValue element) {
    return element instanceof CborArray repeated && !repeated.items().isEmpty()
        ? scalar(repeated.items().get(0))
        : scalar(element);
  }

  private static Json source(CborValue element) {
    if (!(element instanceof CborArray array)) {
      return element instanceof CborValue.Text text ? parsed(text.value()) : scalar(element);
    }
    List<CborValue> parts = array.items();
    if (parts.size() < SourceKeys.COUNT) {
      return parts.isEmpty() ? new Json.Null() : source(parts.get(0));
    }
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < SourceKeys.COUNT; i++) {
      members.put(SourceKeys.KEYS.get(i), scalar(parts.get(i)));
    }
    return new Json.Members(members);
  }

  /** A JSON text, or the text as it stands if whoever wrote it wrote no JSON. */
  private static Json parsed(String text) {
    try {
      return JsonReading.read(text);
    } catch (CasualtyException noJson) {
      return new Json.Text(text);
    }
  }

  private static Json scalar(CborValue value) {
    if (value instanceof CborValue.Text text) {
      return new Json.Text(text.value());
    }
    if (value instanceof CborValue.Int number) {
      return new Json.Decimal(Long.toString(number.value()));
    }
    if (value instanceof CborValue.Bytes bytes) {
      return new Json.Text(Hex.encode(bytes.value()));
    }
    return new Json.Null();
  }
}
