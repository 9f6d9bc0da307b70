package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process, really killed (SIGKILL) while it writes. */
class KilledDeviceTest {

  @TempDir Path folder;

  /** Lets the process run to its step, kills it, and answers what it had said. */
  private List<String> killAt(int step) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledDevice.class.getName(),
                folder.toString(),
                Integer.toString(step))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.equals("waiting")) {
        said.add(line);
        line = out.readLine();
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  // The ring half written; before its renaming; before a transaction; after one; the second report.
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 6, 10})
  void record_killedWhileWriting_keepsWhatWasAcknowledged(int step) throws Exception {
    List<String> said = killAt(step);
    assertThat(said).doesNotContain("through");
    try (TestSpace space = new TestSpace(folder, 6)) {
      Device phone = space.open("phone");
      assertThat(phone.fsck().problems()).isEmpty();
      assertThat(phone.list().size()).isBetween(said.size(), said.size() + 1);
      phone.record(TestSpace.note("afterwards"));
      assertThat(phone.fsck().problems()).isEmpty();
    }
  }
}
