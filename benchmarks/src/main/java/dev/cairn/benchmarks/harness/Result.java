package dev.cairn.benchmarks.harness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * A row and what every process found for it.
 *
 * @param row the row
 * @param samples one for each process
 */
public record Result(Row row, List<Sample> samples) {

  /** Takes a copy. */
  public Result {
    samples = List.copyOf(samples);
  }

  /** The figures. */
  public Spread figure() {
    return Spread.of(samples.stream().map(Sample::figure).toList());
  }

  /** The limits. */
  public Spread limit() {
    return Spread.of(samples.stream().map(Sample::limit).toList());
  }

  /** The ratios, each within one process. */
  public Spread ratio() {
    return Spread.of(samples.stream().map(Sample::ratio).toList());
  }

  /** As the contract shows it. */
  public ObjectNode json() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    Spread figure = figure();
    document.put("name", row.name()).put("unit", row.unit());
    put(document, "median", figure.median());
    put(document, "low", figure.low());
    put(document, "high", figure.high());
    ObjectNode limit = document.putObject("limit").put("what", row.limit());
    put(limit, "value", limit().median());
    put(document, "ratio", ratio().median());
    document
        .put("better", row.better().name().toLowerCase(Locale.ROOT))
        .put("about", row.about())
        .put("aim", row.aim())
        .put("area", row.area());
    ArrayNode runs = document.putArray("runs");
    for (Sample sample : samples) {
      ObjectNode run = runs.addObject();
      put(run, "figure", sample.figure());
      put(run, "limit", sample.limit());
      put(run, "ratio", sample.ratio());
      sample.details().forEach((name, value) -> put(run, name, value));
    }
    return document;
  }

  private static void put(ObjectNode to, String key, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      to.putNull(key);
    } else {
      to.put(key, Math.round(value * 1000) / 1000.0);
    }
  }

  /** One line of a table in Markdown. */
  public String line() {
    Spread figure = figure();
    return "| `"
        + row.name()
        + "` | "
        + text(figure.median())
        + " ("
        + text(figure.low())
        + "-"
        + text(figure.high())
        + ") "
        + row.unit()
        + " | "
        + (row.limit().isEmpty() ? "-" : text(limit().median()) + " (" + row.limit() + ")")
        + " | "
        + text(ratio().median())
        + " | "
        + row.aim()
        + " |";
  }

  /** What stands above the lines. */
  public static String head() {
    return "| row | median (low-high) | limit | ratio | aim |\n|---|---|---|---|---|";
  }

  private static String text(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, form, value);
  }
}
