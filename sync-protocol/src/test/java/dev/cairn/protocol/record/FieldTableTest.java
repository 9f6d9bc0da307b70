package dev.cairn.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table other programs read; when it grows, this test says what to write into it. */
class FieldTableTest {

  private static String table() {
    StringJoiner lines = new StringJoiner(",\n", "[\n", "\n]\n");
    for (KnownField known : KnownField.values()) {
      StringJoiner words = new StringJoiner(",", "[", "]");
      known.words().forEach(word -> words.add('"' + word + '"'));
      lines.add(
          "{\"code\":"
              + known.code()
              + ",\"path\":\""
              + known.path()
              + "\",\"value\":\""
              + known.shape().name().toLowerCase(Locale.ROOT)
              + "\",\"merges\":\""
              + known.merging().name().toLowerCase(Locale.ROOT)
              + "\",\"words\":"
              + words
              + "}");
    }
    return lines.toString();
  }

  @Test
  void table_ofThisProgram_isThePublishedOne() throws IOException {
    try (BufferedReader published =
        new BufferedReader(
            new InputStreamReader(
                FieldTableTest.class.getResourceAsStream("/vectors/fields-1.json"),
                StandardCharsets.UTF_8))) {
      assertThat(table())
          .isEqualTo(published.lines().map(line -> line + "\n").collect(Collectors.joining()));
    }
  }

  @Test
  void codesAndPaths_areEachUsedOnce() {
    Set<Object> names = new HashSet<>();
    for (KnownField known : KnownField.values()) {
      assertThat(names.add(known.code())).isTrue();
      assertThat(names.add(known.path())).isTrue();
    }
  }
}
