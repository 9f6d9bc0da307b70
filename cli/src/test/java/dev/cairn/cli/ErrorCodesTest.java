package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No code without its line in docs/ERRORS.md: every code that the sources of the programs' modules
 * make a failure with. The server's own test holds its lists.
 */
final class ErrorCodesTest {

  private static final String CODE = "[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*";

  /** Where a code is the first thing said: a failure, its base class, what is printed. */
  private static final Pattern SAID =
      Pattern.compile(
          "(?:new (?:Refused|Usage|Cairn)Exception\\(\\s*"
              + "|super\\(\\s*"
              + "|output\\.error\\(\\s*json,\\s*"
              + "|IdPrefix\\.find\\([^;]*,\\s*)"
              + "\"("
              + CODE
              + ")\"");

  /** In an exception's own file also its constants. */
  private static final Pattern CONSTANT =
      Pattern.compile("(?: [A-Z_]+ =\\s*|^ {4}[A-Z_]+\\()\"(" + CODE + ")\"", Pattern.MULTILINE);

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docs")) ? here : here.getParent();
  }

  private static String document() throws IOException {
    return Files.readString(root().resolve("docs/ERRORS.md"), StandardCharsets.UTF_8);
  }

  /** The codes said in a module, each with a file that says it. */
  private static Map<String, String> codes(String module) throws IOException {
    Map<String, String> codes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root().resolve(module).resolve("src/main/java"))) {
      for (Path file : (Iterable<Path>) files.filter(ErrorCodesTest::isSource)::iterator) {
        String name = file.getFileName().toString();
        String source = Files.readString(file, StandardCharsets.UTF_8);
        SAID.matcher(source).results().forEach(said -> add(codes, said, name));
        if (name.endsWith("Exception.java")) {
          CONSTANT.matcher(source).results().forEach(said -> add(codes, said, name));
        }
      }
    }
    return codes;
  }

  private static void add(Map<String, String> codes, MatchResult said, String file) {
    if (said.group().startsWith("IdPrefix")) {
      codes.put(said.group(1) + ".unknown", file);
      codes.put(said.group(1) + ".ambiguous", file);
    } else {
      codes.put(said.group(1), file);
    }
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync-protocol", "client-sdk", "desk", "cli"})
  void code_thatAModuleSays_isDescribed(String module) throws IOException {
    String document = document();
    Map<String, String> undescribed = codes(module);
    undescribed.keySet().removeIf(code -> document.contains("`" + code + "`"));
    assertThat(undescribed).isEmpty();
  }

  @Test
  void search_forCodes_findsThoseThatAreThere() throws IOException {
    assertThat(codes("client-sdk"))
        .containsKeys("store.full", "keys.locked", "record.unknown", "min-above-max", "bad-path");
    assertThat(codes("cli")).containsKeys("usage", "file.full", "passphrase.empty", "internal");
    assertThat(codes("sync-protocol")).containsKeys("malformed", "too-new", "undecryptable");
  }
}
