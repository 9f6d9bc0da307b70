package dev.cairn.benchmarks.harness;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one process found for one row.
 *
 * @param row the name of the row
 * @param figure in the row's unit; NaN if it could not be measured
 * @param limit in the same unit; NaN if there is none
 * @param details what else was seen, by name
 */
public record Sample(String row, double figure, double limit, Map<String, Double> details) {

  /** Takes a copy of the map. */
  public Sample {
    details = new LinkedHashMap<>(details);
  }

  /** A figure and its limit. */
  public static Sample of(String row, double figure, double limit) {
    return new Sample(row, figure, limit, Map.of());
  }

  /** The same with something else that was seen. */
  public Sample with(String name, Number value) {
    Map<String, Double> more = new LinkedHashMap<>(details);
    more.put(name, value.doubleValue());
    return new Sample(row, figure, limit, more);
  }

  /** Figure by limit; NaN without a limit. */
  public double ratio() {
    return figure / limit;
  }
}
