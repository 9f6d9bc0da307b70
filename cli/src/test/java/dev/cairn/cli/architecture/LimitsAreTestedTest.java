package dev.cairn.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.limits.Limits;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A limit that nothing asks for guards nothing, and one that no test names may guard nothing. */
final class LimitsAreTestedTest {

  private static final Pattern NAMED = Pattern.compile("\\bLimits\\.([A-Z0-9_]+)\\b");
  private static final List<String> MODULES =
      List.of("sync-protocol", "client-sdk", "server", "desk", "benchmarks", "cli");

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docs")) ? here : here.getParent();
  }

  /** The limits named in a part of every module. */
  private static Set<String> named(String part) throws IOException {
    Set<String> named = new TreeSet<>();
    for (String module : MODULES) {
      Path sources = root().resolve(module).resolve(part);
      try (Stream<Path> files = Files.exists(sources) ? Files.walk(sources) : Stream.empty()) {
        for (Path file : (Iterable<Path>) files.filter(LimitsAreTestedTest::isSource)::iterator) {
          Matcher matcher = NAMED.matcher(Files.readString(file, StandardCharsets.UTF_8));
          while (matcher.find()) {
            named.add(matcher.group(1));
          }
        }
      }
    }
    return named;
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java");
  }

  private static List<String> limits() {
    List<String> limits = new ArrayList<>();
    for (Field field : Limits.class.getFields()) {
      limits.add(field.getName());
    }
    return limits;
  }

  @Test
  void limits_all_areNamedInATest() throws IOException {
    assertThat(named("src/test/java")).containsAll(limits());
  }

  @Test
  void limits_all_areNamedWhereTheyGuard() throws IOException {
    assertThat(named("src/main/java")).containsAll(limits());
  }
}
