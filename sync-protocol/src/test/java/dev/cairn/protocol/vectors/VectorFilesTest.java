package dev.cairn.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vectors that other implementations are measured with are what this program does. If one is
 * meant to change, {@code -Dcairn.vectors.out=FOLDER} writes all of them there.
 */
class VectorFilesTest {

  /** Copied from RFCs: nothing makes these. */
  private static final Set<String> COPIED =
      Set.of("ed25519-rfc8032.json", "hkdf-rfc5869.json", "hmac-rfc4231.json");

  static Set<String> made() {
    return VectorFiles.makers().keySet();
  }

  @ParameterizedTest
  @MethodSource("made")
  void file_madeAgain_isTheCommittedOne(String name) throws Exception {
    String committed =
        new String(PublishedVectors.resource("/vectors/" + name), StandardCharsets.UTF_8);
    String made = VectorJson.text(VectorFiles.makers().get(name).make());
    String out = System.getProperty("cairn.vectors.out");
    if (out != null) {
      Files.writeString(Path.of(out).resolve(name), made);
    }

    // Not shown whole where it differs: the longest are far longer than a screen.
    assertThat(firstDifference(made, committed)).isEmpty();
  }

  private static String firstDifference(String made, String committed) {
    String[] lines = made.split("\n", -1);
    String[] wanted = committed.split("\n", -1);
    for (int i = 0; i < Math.min(lines.length, wanted.length); i++) {
      if (!lines[i].equals(wanted[i])) {
        return "line " + (i + 1) + ": " + lines[i] + " instead of " + wanted[i];
      }
    }
    return lines.length == wanted.length ? "" : "one has more lines";
  }

  @Test
  void everyFile_isMadeHereOrCopied() throws Exception {
    Set<String> known = new TreeSet<>(made());
    known.addAll(COPIED);

    assertThat(committed()).isEqualTo(known);
  }

  private static Set<String> committed() throws IOException, URISyntaxException {
    Path folder =
        Path.of(VectorFilesTest.class.getResource("/vectors/cbor-1.json").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
