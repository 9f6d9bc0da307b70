package dev.cairn.client.casualty;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * ISO 8601 calendar dates as precise as somebody knew: a day, month or year, or from one to
 * another.
 */
final class IsoDate {

  /** What to say of a text that is none. */
  static final String EXPECTED =
      "no ISO 8601 date of the calendar: YYYY-MM-DD, YYYY-MM, YYYY, or one/another";

  private IsoDate() {}

  /** Whether the text is such a date, on the calendar, and an interval does not run backwards. */
  static boolean isValid(String text) {
    int slash = text.indexOf('/');
    try {
      if (slash < 0) {
        first(text);
        return true;
      }
      LocalDate from = first(text.substring(0, slash));
      LocalDate to = last(text.substring(slash + 1));
      return !from.isAfter(to);
    } catch (DateTimeException offCalendar) {
      return false;
    }
  }

  private static LocalDate first(String text) {
    if (text.length() == 4) {
      return LocalDate.of(number(text, 0, 4), 1, 1);
    }
    separator(text, 4);
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    if (text.length() == 7) {
      return LocalDate.of(year, month, 1);
    }
    separator(text, 7);
    if (text.length() != 10) {
      throw new DateTimeException("no date");
    }
    return LocalDate.of(year, month, number(text, 8, 10));
  }

  private static LocalDate last(String text) {
    LocalDate first = first(text);
    if (text.length() == 4) {
      return first.withDayOfYear(first.lengthOfYear());
    }
    return text.length() == 7 ? YearMonth.from(first).atEndOfMonth() : first;
  }

  private static void separator(String text, int at) {
    if (text.length() <= at || text.charAt(at) != '-') {
      throw new DateTimeException("no date");
    }
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (c < '0' || c > '9') {
        throw new DateTimeException("no date");
      }
      number = 10 * number + (c - '0');
    }
    return number;
  }
}
