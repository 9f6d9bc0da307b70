package dev.cairn.client.casualty;

import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.FieldName;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Qualifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the figures of one metric: groups of people, each with a range. */
final class CountReading {

  private static final int COUNT_DIGITS_MAX = Long.toString(Limits.COUNT_MAX).length();

  private final Metric metric;
  private final List<Operation.Assert> counts = new ArrayList<>();
  private final Map<String, Json> rest = new LinkedHashMap<>();

  CountReading(Metric metric) {
    this.metric = metric;
  }

  /** What is stated. */
  List<Operation.Assert> counts() {
    return counts;
  }

  /** What the format has no meaning for, by path. */
  Map<String, Json> rest() {
    return rest;
  }

  /** Whether a value can be read as the figures of a metric. */
  static boolean isPlain(Metric metric, Json value) {
    try {
      if (value instanceof Json.Members object) {
        new CountReading(metric).read(object.members());
        return true;
      }
      return false;
    } catch (CasualtyException somethingElse) {
      return false;
    }
  }

  void read(Map<String, Json> groups) throws CasualtyException {
    for (Map.Entry<String, Json> group : groups.entrySet()) {
      String path = KeyPath.of(metric.word(), group.getKey());
      String filter = FieldName.jsonGroups().get(group.getKey());
      if (filter == null) {
        rest.put(path, group.getValue());
      } else if (!group.getValue().isNull()) {
        group(path, filter, IncidentReading.members(path, group.getValue()));
      }
    }
  }

  private void group(String path, String filter, Map<String, Json> members)
      throws CasualtyException {
    CountValue count = range(path, members);
    for (Map.Entry<String, Json> member : members.entrySet()) {
      String key = member.getKey();
      if (!key.equals("min") && !key.equals("max")) {
        Optional<CountValue> more = with(count, key, member.getValue());
        if (more.isPresent()) {
          count = more.get();
        } else if (!isOwn(key) || !member.getValue().isNull()) {
          rest.put(KeyPath.of(path, key), member.getValue());
        }
      }
    }
    if (!count.equals(CountValue.range(null, null))) {
      counts.add(new Operation.Assert(Field.of(CountKey.of(metric, filter)), count.toValue()));
    }
  }

  static CountValue range(String path, Map<String, Json> members) throws CasualtyException {
    Long low = number(path + ".min", members.get("min"));
    Long high = number(path + ".max", members.get("max"));
    if (low != null && high != null && low > high) {
      throw new CasualtyException(CasualtyException.MIN_ABOVE_MAX, path, "min is above max");
    }
    return CountValue.range(low, high);
  }

  /** A number of people as a document has it. */
  static @Nullable Long number(String path, @Nullable Json value) throws CasualtyException {
    if (value == null || value.isNull()) {
      return null;
    }
    if (!(value instanceof Json.Decimal number) || !number.isWhole()) {
      throw IncidentReading.wrongType(path, "a whole number or null");
    }
    if (number.text().startsWith("-")) {
      throw new CasualtyException(CasualtyException.NEGATIVE, path, "is negative");
    }
    if (number.text().length() > COUNT_DIGITS_MAX
        || Long.parseLong(number.text()) > Limits.COUNT_MAX) {
      throw IncidentReading.overLimit(path, "is above " + Limits.COUNT_MAX);
    }
    return Long.valueOf(number.text());
  }

  private static boolean isOwn(String key) {
    return key.equals("best") || key.equals("qualifier") || key.equals("grade");
  }

  /** The count with one more part, where the document says it as an export of ours would. */
  private static Optional<CountValue> with(CountValue count, String key, Json value) {
    try {
      if (key.equals("best") && value instanceof Json.Decimal number && number.isCount()) {
        Long best = Long.valueOf(number.text());
        return Optional.of(
            new CountValue(count.low(), best, count.high(), count.qualifier(), count.grade()));
      }
      if (key.equals("qualifier") && value instanceof Json.Text text) {
        return Qualifier.ofWord(text.value())
            .map(
                word ->
                    new CountValue(count.low(), count.best(), count.high(), word, count.grade()));
      }
      if (key.equals("grade") && value instanceof Json.Text text) {
        return Optional.of(
            new CountValue(
                count.low(), count.best(), count.high(), count.qualifier(), text.value()));
      }
      return Optional.empty();
    } catch (IllegalArgumentException doesNotFit) {
      return Optional.empty();
    }
  }
}
