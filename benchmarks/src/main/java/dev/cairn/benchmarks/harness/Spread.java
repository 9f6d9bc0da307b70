package dev.cairn.benchmarks.harness;

import java.util.Arrays;
import java.util.Collection;

/** Median, lowest and highest of some numbers; NaN if there are none. */
public record Spread(double median, double low, double high) {

  /** Of these; what is no number is left out. */
  public static Spread of(Collection<Double> values) {
    double[] sorted =
        values.stream().mapToDouble(Double::doubleValue).filter(v -> !Double.isNaN(v)).toArray();
    Arrays.sort(sorted);
    int count = sorted.length;
    if (count == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    double median =
        count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
    return new Spread(median, sorted[0], sorted[count - 1]);
  }
}
