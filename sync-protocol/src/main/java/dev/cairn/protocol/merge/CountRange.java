package dev.cairn.protocol.merge;

import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Qualifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The range shown for a metric: a view of the figures that stand, never a figure of its own.
 * Figures of other areas, dates and sources are not added up; the range spans them, and the rule
 * says so.
 *
 * @param low the lowest figure that stands, null if no source gives one
 * @param high the highest, null if no source gives one
 * @param open whether a source says "at least" or leaves the highest out
 * @param figures how many different figures there are
 * @param rule how the range came about
 */
public record CountRange(
    @Nullable Long low, @Nullable Long high, boolean open, int figures, Rule rule) {

  /** How a range came about. */
  public enum Rule {
    /** There is one figure, and this is it. */
    ONE_FIGURE("one-figure"),
    /** A coordinator decided for it. */
    DECISION("decision"),
    /** From the lowest to the highest of the figures that stand. */
    SPAN("lowest-to-highest");

    private final String word;

    Rule(String word) {
      this.word = word;
    }

    /** The name in JSON. */
    public String word() {
      return word;
    }
  }

  /**
   * The range for one metric and one group of people.
   *
   * @param fields of a record, or of several that are the same event
   * @param metric what people are counted as
   * @param filter who is counted, in its canonical form; empty for everybody
   * @return empty if no figure stands
   */
  public static Optional<CountRange> of(
      Collection<FieldState> fields, Metric metric, String filter) {
    List<CountValue> figures = new ArrayList<>();
    int decided = 0;
    for (FieldState field : fields) {
      CountKey key = field.field().count().orElse(null);
      if (key != null && key.metric() == metric && key.filter().equals(filter)) {
        int before = figures.size();
        collect(field, figures);
        decided += field.status() == Status.DECIDED ? figures.size() - before : 0;
      }
    }
    if (figures.isEmpty()) {
      return Optional.empty();
    }
    Rule rule = figures.size() == 1 ? Rule.ONE_FIGURE : Rule.SPAN;
    return Optional.of(span(figures, figures.size() == 1 && decided == 1 ? Rule.DECISION : rule));
  }

  /** Of a decided field the figure decided for, of any other all that stand. */
  private static void collect(FieldState field, List<CountValue> figures) {
    if (field.status() == Status.DECIDED) {
      field.shown().flatMap(CountValue::ofValue).ifPresent(figure -> add(figure, figures));
      return;
    }
    for (FieldValue value : field.values()) {
      CountValue.ofValue(value.value()).ifPresent(figure -> add(figure, figures));
    }
  }

  private static void add(CountValue figure, List<CountValue> figures) {
    if (!figures.contains(figure)) {
      figures.add(figure);
    }
  }

  private static CountRange span(List<CountValue> figures, Rule rule) {
    Long low = null;
    Long high = null;
    boolean open = false;
    for (CountValue figure : figures) {
      Long least = first(figure.low(), figure.best(), figure.high());
      Long most = first(figure.high(), figure.best(), figure.low());
      low = low == null || (least != null && least < low) ? least : low;
      high = high == null || (most != null && most > high) ? most : high;
      open |= figure.qualifier() == Qualifier.AT_LEAST;
      open |= figure.high() == null && figure.best() == null;
    }
    return new CountRange(low, high, open, figures.size(), rule);
  }

  private static @Nullable Long first(
      @Nullable Long one, @Nullable Long other, @Nullable Long last) {
    if (one != null) {
      return one;
    }
    return other != null ? other : last;
  }

  /** The rule and nothing of the figures. */
  @Override
  public String toString() {
    return "count range by " + rule.word();
  }
}
