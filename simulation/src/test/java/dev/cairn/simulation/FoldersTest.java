package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FoldersTest {

  private static Path filled(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("a").resolve("b"));
    Files.write(folder.resolve("a").resolve("file"), new byte[] {1});
    return folder;
  }

  @Test
  void folder_removed_isGone() throws IOException {
    try (Folders folders = Folders.open()) {
      Path folder = filled(folders.make());
      folders.remove(folder);
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void folders_closed_leaveNothing() throws IOException {
    Path root;
    try (Folders folders = Folders.open()) {
      root = filled(folders.make()).getParent();
    }
    assertThat(root).doesNotExist();
  }
}
