package dev.cairn.cli.serve;

import dev.cairn.cli.console.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Lets a target at the configuration of a server. */
public final class ConfigDoor {

  private ConfigDoor() {}

  /** What a file sets: each of these keys, or nothing where it is refused. */
  public static Optional<List<Optional<String>>> read(Path file, List<String> keys)
      throws IOException {
    try {
      ConfigFile read = ConfigFile.read(file);
      return Optional.of(keys.stream().map(read::value).toList());
    } catch (UsageException refused) {
      return Optional.empty();
    }
  }
}
