package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.serve.ConfigDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the operator of a server writes. */
class OperatorFuzzTest {

  private static final List<String> KEYS = List.of("listen", "address", "tls", "admin-listen");
  private static final Path FILE = file();

  private static Path file() {
    try {
      Path file = Files.createTempFile("cairn-fuzz", ".json");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file is refused, or says for each setting one text or nothing; so does it written again. */
  @FuzzTest
  void configuration_ofAnyBytes_isReadOneWay(byte[] input) {
    Trial.within(
        4 * input.length,
        () -> {
          Files.write(FILE, input);
          Optional<List<Optional<String>>> read = ConfigDoor.read(FILE, KEYS);
          if (read.isPresent()) {
            ObjectNode again = new ObjectMapper().createObjectNode();
            for (int i = 0; i < KEYS.size(); i++) {
              String key = KEYS.get(i);
              read.get().get(i).ifPresent(value -> again.put(key, value));
            }
            Files.write(FILE, new ObjectMapper().writeValueAsBytes(again));
            Trial.same(read, ConfigDoor.read(FILE, KEYS), "configuration");
          }
        });
  }
}
