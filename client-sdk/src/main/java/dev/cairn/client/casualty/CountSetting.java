package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.CountFilter;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.FieldName;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Counts as people type them: a whole range, or its two ends apart. */
final class CountSetting {

  private static final String RANGE = "..";

  private final Map<Field, Map<String, Json>> ends = new LinkedHashMap<>();

  boolean takes(Assignment assignment) throws CasualtyException {
    String path = assignment.path();
    int end = path.endsWith(".min") || path.endsWith(".max") ? path.length() - 4 : -1;
    if (end > 0) {
      Optional<Field> inside = count(path.substring(0, end));
      if (inside.isPresent()) {
        put(inside.get(), path.substring(end + 1), number(path, assignment.value()));
        return true;
      }
    }
    Optional<Field> whole = count(path);
    if (whole.isPresent()) {
      range(whole.get(), assignment);
      return true;
    }
    int dot = path.indexOf('.');
    if (dot > 0 && Metric.ofWord(path.substring(0, dot)).isPresent()) {
      throw new CasualtyException(
          CasualtyException.BAD_PATH,
          path,
          "the groups that are counted are " + FieldName.jsonGroups().keySet());
    }
    return false;
  }

  /** The count a path names; everybody, where it is the metric alone. */
  private static Optional<Field> count(String path) throws CasualtyException {
    Optional<Metric> metric = Metric.ofWord(path);
    if (metric.isPresent()) {
      return Optional.of(Field.of(CountKey.of(metric.get(), CountFilter.EVERYBODY)));
    }
    try {
      Field field = FieldName.parse(path);
      return field.count().isPresent() ? Optional.of(field) : Optional.empty();
    } catch (IllegalArgumentException noCount) {
      throw new CasualtyException(
          CasualtyException.BAD_PATH, path, "is no METRIC[FILTER|AREA|AS-OF|SOURCE]");
    }
  }

  private void range(Field field, Assignment assignment) throws CasualtyException {
    String path = assignment.path();
    String text = assignment.value();
    int dots = text.indexOf(RANGE);
    String low = dots < 0 ? text : text.substring(0, dots);
    String high = dots < 0 ? text : text.substring(dots + RANGE.length());
    put(field, "min", number(path, low));
    put(field, "max", number(path, high));
    if (dots >= 0 && low.trim().isEmpty() && high.trim().isEmpty()) {
      throw IncidentReading.wrongType(path, "a number or a range");
    }
  }

  private void put(Field field, String end, Json number) throws CasualtyException {
    Json before = ends.computeIfAbsent(field, count -> new HashMap<>()).put(end, number);
    if (before != null) {
      throw new CasualtyException(
          CasualtyException.DUPLICATE_KEY, field.name() + "." + end, "is set twice");
    }
  }

  private static Json number(String path, String text) throws CasualtyException {
    String trimmed = text.trim();
    if (trimmed.isEmpty()) {
      return new Json.Null();
    }
    try {
      Json number = JsonReading.read(trimmed);
      CountReading.number(path, number);
      return number;
    } catch (CasualtyException refused) {
      throw refused.code().equals(CasualtyException.NOT_JSON)
          ? IncidentReading.wrongType(path, "a whole number, or a range as in 5..7")
          : refused;
    }
  }

  List<Operation> operations(Function<Field, Optional<CborValue>> known, boolean isNew)
      throws CasualtyException {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<Field, Map<String, Json>> count : ends.entrySet()) {
      Field field = count.getKey();
      Optional<CountValue> before = known.apply(field).flatMap(CountValue::ofValue);
      Map<String, Json> range = new HashMap<>(count.getValue());
      complete(field, range, before, isNew);
      CountValue stated = CountReading.range(field.name(), range);
      if (!stated.equals(CountValue.range(null, null))) {
        operations.add(new Operation.Assert(field, stated.toValue()));
      } else if (!isNew) {
        operations.add(SetExpression.cleared(field));
      }
    }
    return operations;
  }

  private static void complete(
      Field field, Map<String, Json> range, Optional<CountValue> before, boolean isNew)
      throws CasualtyException {
    if (range.size() == 2 || isNew) {
      return;
    }
    if (!before.isPresent()) {
      throw new CasualtyException(
          CasualtyException.BAD_PATH, field.name(), "a range is one value: set min and max");
    }
    Long low = before.get().low();
    Long high = before.get().high();
    range.putIfAbsent("min", low == null ? new Json.Null() : new Json.Decimal(low.toString()));
    range.putIfAbsent("max", high == null ? new Json.Null() : new Json.Decimal(high.toString()));
  }
}
