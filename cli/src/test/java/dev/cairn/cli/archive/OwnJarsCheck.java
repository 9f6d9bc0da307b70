package dev.cairn.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The jars of this build are what everybody else's build makes of the same sources. Not a test of
 * the test phase, where there are no jars yet: the build runs it in its verify phase.
 */
final class OwnJarsCheck {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern MOMENT =
      Pattern.compile("<project\\.build\\.outputTimestamp>([^<]+)<");

  private static Path cli() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("cli")) ? here.resolve("cli") : here;
  }

  private static List<String> inRootPom(Pattern pattern) throws IOException {
    String pom = Files.readString(cli().resolveSibling("pom.xml"));
    return pattern.matcher(pom).results().map((MatchResult each) -> each.group(1)).toList();
  }

  private static List<Path> jars(String module) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(cli().resolve("target/lib"), module + "-[0-9]*.jar")) {
      found.forEach(jars::add);
    }
    return jars;
  }

  @TestFactory
  List<DynamicTest> jar_ofEachModule_isTheSameWhoeverBuildsIt() throws Exception {
    LocalDateTime moment =
        OffsetDateTime.parse(inRootPom(MOMENT).get(0))
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalDateTime();
    List<String> modules = inRootPom(MODULE);
    assertThat(modules).contains("sync-protocol", "cli");
    return modules.stream()
        // One with nothing but tests has no jar.
        .filter(module -> Files.isDirectory(cli().resolve("../" + module + "/src/main")))
        .map(module -> DynamicTest.dynamicTest(module, () -> check(module, moment)))
        .toList();
  }

  private static void check(String module, LocalDateTime moment) throws IOException {
    List<Path> jars = jars(module);
    assertThat(jars).hasSize(1);
    assertThat(Findings.in(jars.get(0), moment)).isEmpty();
  }
}
