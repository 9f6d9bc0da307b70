package dev.cairn.cli.sim;

import dev.cairn.cli.console.UsageException;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Steps that are left out, as they are typed: {@code 3,17,40-44}. */
final class StepList {

  private static final Pattern PART = Pattern.compile("([0-9]{1,6})(-([0-9]{1,6}))?");

  private StepList() {}

  static Set<Integer> of(String text) {
    Set<Integer> steps = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      Matcher typed = PART.matcher(part);
      if (!typed.matches()) {
        throw new UsageException("usage", "steps are a list such as 3,17,40-44: " + text, "--skip");
      }
      int first = Integer.parseInt(typed.group(1));
      int last = typed.group(3) == null ? first : Integer.parseInt(typed.group(3));
      for (int step = first; step <= last; step++) {
        steps.add(step);
      }
    }
    return steps;
  }

  static String text(Set<Integer> steps) {
    StringJoiner text = new StringJoiner(",");
    int first = -1;
    int last = -1;
    for (int step : new TreeSet<>(steps)) {
      if (first >= 0 && step == last + 1) {
        last = step;
        continue;
      }
      add(text, first, last);
      first = step;
      last = step;
    }
    add(text, first, last);
    return text.toString();
  }

  private static void add(StringJoiner text, int first, int last) {
    if (first >= 0) {
      text.add(first == last ? Integer.toString(first) : first + "-" + last);
    }
  }
}
