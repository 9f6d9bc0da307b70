package dev.cairn.cli.sim;

import dev.cairn.cli.console.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Seeds as they are typed: {@code 7}, {@code 1-200}, {@code 1-}.
 *
 * @param first of them
 * @param last of them; the greatest number if they go on
 */
record SeedRange(long first, long last) {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(-([0-9]{1,18})?)?");

  static SeedRange of(String text) {
    Matcher typed = FORM.matcher(text);
    if (typed.matches()) {
      long first = Long.parseLong(typed.group(1));
      long last = first;
      if (typed.group(2) != null) {
        last = typed.group(3) == null ? Long.MAX_VALUE : Long.parseLong(typed.group(3));
      }
      if (first <= last) {
        return new SeedRange(first, last);
      }
    }
    throw new UsageException(
        "usage", "seeds are a number, two such as 1-200, or 1- and on: " + text, "--seeds");
  }

  boolean ends() {
    return last < Long.MAX_VALUE;
  }
}
