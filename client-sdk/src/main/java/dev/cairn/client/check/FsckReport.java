package dev.cairn.client.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a check of the store found.
 *
 * @param checked how many of each kind were looked at
 * @param problems what is wrong
 */
public record FsckReport(Map<String, Long> checked, List<Problem> problems) {

  /** Takes copies. */
  public FsckReport {
    checked = java.util.Collections.unmodifiableMap(new TreeMap<>(checked));
    problems = List.copyOf(problems);
  }

  /**
   * Something wrong.
   *
   * @param kind a stable word
   * @param where a table, an id or a sequence; never content
   */
  public record Problem(String kind, String where) {}

  /** Whether nothing is wrong. */
  public boolean ok() {
    return problems.isEmpty();
  }
}
