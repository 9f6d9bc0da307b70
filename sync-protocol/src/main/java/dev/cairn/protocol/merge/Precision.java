package dev.cairn.protocol.merge;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds among values that differ one that says the same more precisely. It is offered to whoever
 * reviews and never taken by itself: the person who wrote "March" may have meant to.
 */
public final class Precision {

  private static final int YEAR_LENGTH = 4;
  private static final int MONTH_LENGTH = 7;
  private static final int DAY_LENGTH = 10;

  private Precision() {}

  /**
   * The date that lies within all the others and is shorter than each of them.
   *
   * @param dates ISO 8601 days, months, years, or intervals {@code a/b} of these
   * @return empty if there is none, or one of the texts is no date
   */
  public static Optional<String> suggestion(Collection<String> dates) {
    List<Span> spans = new ArrayList<>();
    for (String date : dates) {
      Span span = span(date);
      if (span == null) {
        return Optional.empty();
      }
      spans.add(span);
    }
    Span narrowest = null;
    for (Span span : spans) {
      if (narrowest == null || span.days() < narrowest.days()) {
        narrowest = span;
      }
    }
    if (narrowest == null) {
      return Optional.empty();
    }
    boolean others = false;
    for (Span span : spans) {
      if (span.strictlyHolds(narrowest)) {
        others = true;
      } else if (!span.equals(narrowest)) {
        return Optional.empty();
      }
    }
    return others ? Optional.of(narrowest.text) : Optional.empty();
  }

  private static @Nullable Span span(String text) {
    int slash = text.indexOf('/');
    try {
      LocalDate first = first(slash < 0 ? text : text.substring(0, slash));
      LocalDate last = last(slash < 0 ? text : text.substring(slash + 1));
      return last.isBefore(first) ? null : new Span(text, first, last);
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  private static LocalDate first(String text) {
    return switch (text.length()) {
      case YEAR_LENGTH -> LocalDate.parse(text + "-01-01");
      case MONTH_LENGTH -> YearMonth.parse(text).atDay(1);
      default -> day(text);
    };
  }

  private static LocalDate last(String text) {
    return switch (text.length()) {
      case YEAR_LENGTH -> LocalDate.parse(text + "-12-31");
      case MONTH_LENGTH -> YearMonth.parse(text).atEndOfMonth();
      default -> day(text);
    };
  }

  private static LocalDate day(String text) {
    if (text.length() != DAY_LENGTH) {
      throw new DateTimeException("no date of four, seven or ten characters");
    }
    return LocalDate.parse(text);
  }

  private record Span(String text, LocalDate first, LocalDate last) {
    long days() {
      return last.toEpochDay() - first.toEpochDay();
    }

    boolean strictlyHolds(Span other) {
      return days() > other.days() && !other.first.isBefore(first) && !other.last.isAfter(last);
    }
  }
}
