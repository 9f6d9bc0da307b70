package dev.cairn.cli.console;

import java.util.Locale;

/** A length of time as people write it: {@code 45m}, {@code 24h}, {@code 7d}, {@code 2w}. */
public final class Lifetime {

  private static final long MINUTE_SECONDS = 60;
  private static final long HOUR_SECONDS = 60 * MINUTE_SECONDS;
  private static final long DAY_SECONDS = 24 * HOUR_SECONDS;
  private static final int DIGITS_MAX = 6;

  private Lifetime() {}

  /** The seconds of it. */
  public static long seconds(String text, String option) {
    String typed = text.trim().toLowerCase(Locale.ROOT);
    if (typed.matches("[1-9][0-9]{0," + (DIGITS_MAX - 1) + "}[mhdw]")) {
      long number = Long.parseLong(typed.substring(0, typed.length() - 1));
      return number * unit(typed.charAt(typed.length() - 1));
    }
    throw new UsageException(
        "usage", "a time is a number and m, h, d or w, such as 7d: " + text, option);
  }

  private static long unit(char letter) {
    return switch (letter) {
      case 'm' -> MINUTE_SECONDS;
      case 'h' -> HOUR_SECONDS;
      case 'd' -> DAY_SECONDS;
      default -> 7 * DAY_SECONDS;
    };
  }
}
