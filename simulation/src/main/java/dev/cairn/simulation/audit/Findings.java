package dev.cairn.simulation.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was found, each once, and of one rule not more than tells what is wrong. */
final class Findings {

  private static final int OF_ONE_RULE_MAX = 5;

  private final Set<Finding> all = new LinkedHashSet<>();
  private final Map<String, Integer> ofRule = new HashMap<>();

  /**
   * A promise is broken.
   *
   * @param rule a name of the rule, the first word of what is told
   */
  void add(String promise, String rule, String what) {
    Finding finding = new Finding(promise, rule + ": " + what);
    if (!all.contains(finding) && ofRule.merge(rule, 1, Integer::sum) <= OF_ONE_RULE_MAX) {
      all.add(finding);
    }
  }

  List<Finding> all() {
    return new ArrayList<>(all);
  }
}
