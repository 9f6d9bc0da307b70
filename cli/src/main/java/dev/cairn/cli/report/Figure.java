package dev.cairn.cli.report;

import dev.cairn.cli.console.UsageException;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Qualifier;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A count as a person states it: who is counted, until when, where, by whom, and how many. */
final class Figure {

  @Option(
      names = "--metric",
      required = true,
      paramLabel = "METRIC",
      description = "killed, injured, missing, detained, abducted or displaced.")
  private String metric = "";

  @Option(names = "--low", required = true, paramLabel = "N", description = "The fewest.")
  private long low;

  @Option(names = "--high", required = true, paramLabel = "N", description = "The most.")
  private long high;

  @Option(names = "--best", paramLabel = "N", description = "The one figure to work with.")
  private @Nullable Long best;

  @Option(
      names = "--qualifier",
      paramLabel = "WORD",
      description = "How the source put it: exact, at-least, about, vague.")
  private @Nullable String qualifier;

  @Option(names = "--as-of", paramLabel = "DATE", description = "Counted until then: 2025-03-12.")
  private String asOf = "";

  @Option(names = "--area", paramLabel = "TEXT", description = "Counted there only.")
  private String area = "";

  @Option(
      names = "--filter",
      paramLabel = "FILTER",
      description = "Who is counted: status=civilian, \"age=child;sex=woman\".")
  private String filter = "";

  @Option(names = "--source", paramLabel = "TEXT", description = "Who counted, if not you.")
  private String source = "";

  @Option(
      names = "--grade",
      paramLabel = "A1-F6",
      description = "Reliability of the source and credibility of the figure.")
  private @Nullable String grade;

  /** The assertion. */
  Operation operation() {
    Metric counted =
        Metric.ofWord(metric.toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    UsageException.noSuch(
                        "metric",
                        metric,
                        Arrays.stream(Metric.values()).map(Metric::word),
                        "--metric"));
    checkDate();
    try {
      CountKey key = CountKey.of(counted, filter, area, asOf, source);
      CountValue value = new CountValue(low, best, high, qualifier(), grade);
      return new Operation.Assert(Field.of(key), value.toValue());
    } catch (IllegalArgumentException e) {
      throw new UsageException("usage", String.valueOf(e.getMessage()), "cairn report assert");
    }
  }

  private @Nullable Qualifier qualifier() {
    String word = qualifier;
    if (word == null) {
      return null;
    }
    return Qualifier.ofWord(word)
        .orElseThrow(
            () ->
                UsageException.noSuch(
                    "qualifier",
                    word,
                    Arrays.stream(Qualifier.values()).map(Qualifier::word),
                    "--qualifier"));
  }

  private void checkDate() {
    try {
      switch (asOf.trim().length()) {
        case 0 -> {}
        case 4 -> Year.parse(asOf.trim());
        case 7 -> YearMonth.parse(asOf.trim());
        default -> LocalDate.parse(asOf.trim());
      }
    } catch (DateTimeException e) {
      throw new UsageException("usage", "not a date of the calendar: " + asOf, "--as-of");
    }
  }
}
