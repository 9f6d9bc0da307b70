package dev.cairn.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.cli.console.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigFileTest {

  @TempDir private Path folder;

  private ConfigFile read(String json) throws IOException {
    return ConfigFile.read(Files.writeString(folder.resolve("config"), json));
  }

  @Test
  void value_thatIsSet_isRead() throws IOException {
    assertThat(read("{\"listen\":\"0.0.0.0:443\"}").value("listen")).contains("0.0.0.0:443");
  }

  @Test
  void value_thatIsNotSet_isEmpty() throws IOException {
    assertThat(read("{}").value("tls")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"lsten\":\"0.0.0.0:443\"}",
        "{\"tls\":true}",
        "{\"tls\":\"on\",\"tls\":\"off\"}",
        "{} {}"
      })
  void read_anythingElse_isRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(UsageException.class);
  }

  /** The parser takes it for UTF-32. */
  @Test
  void read_bytesThatAreNoText_isRefused() throws IOException {
    byte[] bytes = {0, 0, 0, 0, 0, 0, 0, -92, -92, -92, -92, 0, 0};
    Path file = Files.write(folder.resolve("config"), bytes);
    assertThatThrownBy(() -> ConfigFile.read(file)).isInstanceOf(UsageException.class);
  }

  @Test
  void read_missingFile_isNamed() {
    assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
