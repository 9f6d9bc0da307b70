package dev.cairn.server.check;

import dev.cairn.protocol.id.SpaceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what was checked and what did not hold. */
final class Findings {

  /** A store that is damaged everywhere need not be described in full. */
  private static final int PROBLEMS_MAX = 1000;

  private final SortedMap<String, Long> checked = new TreeMap<>();
  private final List<ServerFsck.Problem> problems = new ArrayList<>();

  void count(String what) {
    count(what, 1);
  }

  void count(String what, long number) {
    checked.merge(what, number, Long::sum);
  }

  void problem(String kind, SpaceId space, String where) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(new ServerFsck.Problem(kind, where + " in space " + space));
    }
  }

  ServerFsck.Report report() {
    return new ServerFsck.Report(Collections.unmodifiableSortedMap(checked), problems);
  }
}
