package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.benchmarks.Benchmarks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows are measured once, as small as they go, through the real command: that each can be had and
 * has the shape of the contract. Never how long anything takes. In every build one row of each
 * family that is quick; all rows, which take a minute, with {@code -Dcairn.bench.all=true}.
 */
final class BenchTest {

  private static final List<String> QUICK = List.of("merge-short", "report-bytes", "record");

  @TempDir private static Path disk;

  private static final List<JsonNode> ROWS = new ArrayList<>();

  @BeforeAll
  static void measure() {
    if (Boolean.getBoolean("cairn.bench.all")) {
      bench("--forks", "0", "--changes", "8", "--clients", "2").json().forEach(ROWS::add);
      return;
    }
    for (String name : QUICK) {
      ROWS.add(bench(name, "--forks", "0", "--changes", "8", "--clients", "2").json());
    }
  }

  private static CommandRun bench(String... arguments) {
    List<String> words = new ArrayList<>(List.of("bench", "--dir", disk.toString(), "--json"));
    words.addAll(List.of(arguments));
    return CommandRun.of(words.toArray(new String[0]));
  }

  @Test
  void bench_rows_areThoseAsked() {
    List<String> names = new ArrayList<>();
    ROWS.forEach(row -> names.add(row.path("name").asText()));
    assertThat(names)
        .isEqualTo(
            Boolean.getBoolean("cairn.bench.all")
                ? Benchmarks.rows().stream().map(row -> row.name()).toList()
                : QUICK);
  }

  @Test
  void bench_anyRow_hasTheShapeOfTheContract() {
    Set<String> keys = Set.of("name", "unit", "median", "low", "high", "limit", "ratio", "runs");
    for (JsonNode row : ROWS) {
      Set<String> found = new HashSet<>();
      row.fieldNames().forEachRemaining(found::add);
      assertThat(found).as(row.toString()).containsAll(keys);
      assertThat(row.path("limit").has("what")).isTrue();
      assertThat(row.path("limit").has("value")).isTrue();
    }
  }

  @Test
  void bench_anyRow_hasAFigureAboveNothing() {
    for (JsonNode row : ROWS) {
      assertThat(row.path("median").asDouble()).as(row.toString()).isPositive();
      assertThat(row.path("low").asDouble()).isLessThanOrEqualTo(row.path("high").asDouble());
    }
  }

  @Test
  void bench_rowWithALimit_hasBothAndTheirRatio() {
    for (JsonNode row : ROWS) {
      boolean hasLimit = !row.path("limit").path("what").asText().isEmpty();
      assertThat(row.path("limit").path("value").isNumber()).as(row.toString()).isEqualTo(hasLimit);
      assertThat(row.path("ratio").isNumber()).isEqualTo(hasLimit);
    }
  }

  /**
   * Whoever is faster than the machine was measured wrongly; small figures are too rough to say.
   */
  @Test
  void bench_anyRatio_isAboveNothing() {
    for (JsonNode row : ROWS) {
      if (row.path("ratio").isNumber()) {
        assertThat(row.path("ratio").asDouble()).as(row.toString()).isPositive();
      }
    }
  }

  @Test
  void bench_named_isMeasuredInAProcessOfItsOwn() {
    JsonNode row = bench("merge-short", "--forks", "1", "--changes", "20").json();

    assertThat(row.path("name").asText()).isEqualTo("merge-short");
    assertThat(row.path("runs")).hasSize(1);
  }

  @Test
  void bench_unknownName_isWrongUsage() {
    assertThat(bench("nothing").exit()).isEqualTo(2);
  }
}
