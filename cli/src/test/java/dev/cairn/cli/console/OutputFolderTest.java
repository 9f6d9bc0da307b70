package dev.cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFolderTest {

  @TempDir private Path parent;

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void folder_kept_isItsUsersAloneWithAllInIt() throws IOException {
    Path path = parent.resolve("shares");
    try (OutputFolder folder = OutputFolder.create(path)) {
      folder.write("one", new byte[] {1});
      folder.keep();
    }
    assertThat(permissions(path)).isEqualTo("rwx------");
    assertThat(permissions(path.resolve("one"))).isEqualTo("rw-------");
    assertThat(path.resolve("one")).hasBinaryContent(new byte[] {1});
    assertThat(parent).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void folder_notKept_leavesNothing() throws IOException {
    try (OutputFolder folder = OutputFolder.create(parent.resolve("shares"))) {
      folder.write("one", new byte[] {1});
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void folder_withSomethingInIt_isRefusedAndLeftAlone() throws IOException {
    Path path = Files.createDirectory(parent.resolve("shares"));
    Files.writeString(path.resolve("old"), "old");
    assertThatThrownBy(() -> OutputFolder.create(path))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(path.resolve("old")).hasContent("old");
  }

  @Test
  void folder_thereAndEmpty_isFilled() throws IOException {
    Path path = Files.createDirectory(parent.resolve("shares"));
    try (OutputFolder folder = OutputFolder.create(path)) {
      folder.write("one", new byte[] {1});
      folder.keep();
    }
    assertThat(path.resolve("one")).exists();
  }

  /** What stands there already somebody else made, whatever it is called. */
  @Test
  void folder_besideAFileOrFolderNamedAsAPartOfIt_leavesThatAlone() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("shares.part"));
    Files.writeString(folder.resolve("half"), "half");
    Path file = Files.writeString(parent.resolve("other.part"), "mine");
    for (String name : new String[] {"shares", "other"}) {
      try (OutputFolder made = OutputFolder.create(parent.resolve(name))) {
        made.write("one", new byte[] {1});
        made.keep();
      }
      assertThat(parent.resolve(name).resolve("one")).exists();
    }
    assertThat(folder.resolve("half")).hasContent("half");
    assertThat(file).hasContent("mine");
  }
}
