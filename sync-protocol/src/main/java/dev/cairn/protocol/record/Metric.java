package dev.cairn.protocol.record;

import java.util.Optional;

/** What a count counts people as. */
public enum Metric {
  KILLED(1, "killed"),
  INJURED(2, "injured"),
  MISSING(3, "missing"),
  DETAINED(4, "detained"),
  ABDUCTED(5, "abducted"),
  DISPLACED(6, "displaced");

  private final int code;
  private final String word;

  Metric(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The name in JSON and on screens: {@code killed}. */
  public String word() {
    return word;
  }

  /** The metric with this number on the wire, if this program knows it. */
  public static Optional<Metric> ofCode(long code) {
    for (Metric metric : values()) {
      if (metric.code == code) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }

  /** The metric with this name. */
  public static Optional<Metric> ofWord(String word) {
    for (Metric metric : values()) {
      if (metric.word.equals(word)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }
}
