package dev.cairn.protocol.record;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.limits.Limits;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The figure stated under a {@link CountKey}.
 *
 * @param low the fewest, or null if nobody said
 * @param best the single figure to work with, or null
 * @param high the most, or null
 * @param qualifier how the source put it, or null
 * @param grade Admiralty grade, {@code A1} to {@code F6}, or null
 */
public record CountValue(
    @Nullable Long low,
    @Nullable Long best,
    @Nullable Long high,
    @Nullable Qualifier qualifier,
    @Nullable String grade) {

  private static final int PARTS = 5;

  /** Refuses numbers below zero or over the limit, and low above best above high. */
  public CountValue {
    bounded("low", low);
    bounded("best", best);
    bounded("high", high);
    ordered("low", low, "high", high);
    ordered("low", low, "best", best);
    ordered("best", best, "high", high);
    if (grade != null && !isGrade(grade)) {
      throw new IllegalArgumentException("a grade is a letter A to F and a digit 1 to 6");
    }
  }

  /** A bare range, as casualty JSON has it. */
  public static CountValue range(@Nullable Long low, @Nullable Long high) {
    return new CountValue(low, null, high, null, null);
  }

  private static void bounded(String what, @Nullable Long number) {
    if (number == null) {
      return;
    }
    if (number < 0) {
      throw new IllegalArgumentException(what + " is negative");
    }
    if (number > Limits.COUNT_MAX) {
      throw new IllegalArgumentException(what + " is above " + Limits.COUNT_MAX);
    }
  }

  private static void ordered(
      String lessName, @Nullable Long less, String moreName, @Nullable Long more) {
    if (less != null && more != null && less > more) {
      throw new IllegalArgumentException(lessName + " is above " + moreName);
    }
  }

  private static boolean isGrade(String text) {
    return text.length() == 2
        && text.charAt(0) >= 'A'
        && text.charAt(0) <= 'F'
        && text.charAt(1) >= '1'
        && text.charAt(1) <= '6';
  }

  /** The value an assertion carries. */
  public CborValue toValue() {
    return CborValue.array(
        number(low),
        number(best),
        number(high),
        qualifier == null ? CborValue.nul() : CborValue.of(qualifier.code()),
        grade == null ? CborValue.nul() : CborValue.of(grade));
  }

  private static CborValue number(@Nullable Long value) {
    return value == null ? CborValue.nul() : CborValue.of(value.longValue());
  }

  /** Reads the value of an assertion; empty if it is no count value. */
  public static Optional<CountValue> ofValue(CborValue value) {
    if (!(value instanceof CborArray array) || array.items().size() != PARTS) {
      return Optional.empty();
    }
    List<CborValue> parts = array.items();
    for (CborValue part : parts.subList(0, PARTS - 1)) {
      if (!(part instanceof CborValue.Int) && !(part instanceof CborValue.Null)) {
        return Optional.empty();
      }
    }
    CborValue grade = parts.get(PARTS - 1);
    if (!(grade instanceof CborValue.Text) && !(grade instanceof CborValue.Null)) {
      return Optional.empty();
    }
    Long qualifierCode = number(parts.get(3));
    Qualifier qualifier =
        qualifierCode == null ? null : Qualifier.ofCode(qualifierCode).orElse(null);
    if (qualifierCode != null && qualifier == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CountValue(
              number(parts.get(0)),
              number(parts.get(1)),
              number(parts.get(2)),
              qualifier,
              grade instanceof CborValue.Text text ? text.value() : null));
    } catch (IllegalArgumentException outOfBounds) {
      return Optional.empty();
    }
  }

  private static @Nullable Long number(CborValue value) {
    return value instanceof CborValue.Int number ? Long.valueOf(number.value()) : null;
  }

  /** Nothing of the figure: it is what a report says. */
  @Override
  public String toString() {
    return "count value";
  }
}
