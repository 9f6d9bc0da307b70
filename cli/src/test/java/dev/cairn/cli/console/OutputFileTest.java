package dev.cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputFileTest {

  @TempDir private Path folder;

  @Test
  void create_fileThatIsThere_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("recovery"), "old");
    assertThatThrownBy(() -> OutputFile.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void create_newFile_isForItsUserOnly() throws IOException {
    Path file = folder.resolve("recovery");
    try (OutputFile out = OutputFile.create(file)) {
      out.keep();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void close_unfinished_leavesNothing() throws IOException {
    Path file = folder.resolve("recovery");
    OutputFile.create(file).close();
    assertThat(folder).isEmptyDirectory();
  }

  /** What stands there already somebody else made, whatever it is called. */
  @Test
  void file_besideOneNamedAsAPartOfIt_leavesThatAlone() throws IOException {
    Path other = Files.writeString(folder.resolve("export.part"), "mine");
    Path file = folder.resolve("export");
    try (OutputFile out = OutputFile.create(file)) {
      out.keep();
    }
    OutputFile.replace(file).close();
    assertThat(other).hasContent("mine");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("export", "export.part");
  }

  @Test
  void file_inAFolderThatIsNotThere_isRefusedByItsOwnName() {
    Path file = folder.resolve("nowhere").resolve("export");
    assertThatThrownBy(() -> OutputFile.replace(file))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file.toString());
  }

  @Test
  void replace_unfinished_leavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("export"), "old");
    try (OutputFile out = OutputFile.replace(file)) {
      out.out().write('n');
    }
    assertThat(file).hasContent("old");
  }

  @Test
  void replace_finished_isTheNewFile() throws IOException {
    Path file = Files.writeString(folder.resolve("export"), "old");
    try (OutputFile out = OutputFile.replace(file)) {
      out.out().write('n');
      out.keep();
    }
    assertThat(file).hasContent("n");
  }

  @Test
  void replace_folder_isRefused() {
    assertThatThrownBy(() -> OutputFile.replace(folder))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"slot", "slot.making", "ring", "rows.db", "ledger.sqlite", "attachments/../slot"})
  void output_inTheFolderOfAStoreOrServer_isRefused(String part) throws IOException {
    Files.createDirectory(folder.resolve("attachments"));
    Files.createFile(folder.resolve("lock"));
    Files.createFile(folder.resolve(part));
    assertThatThrownBy(() -> OutputFile.replace(folder.resolve("rows.db")))
        .isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> OutputFile.create(folder.resolve("attachments/sheet")))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void output_inAFolderThatLeadsToAStore_isRefused() throws IOException {
    Path desk = Files.createDirectory(folder.resolve("desk"));
    Files.createFile(desk.resolve("lock"));
    Files.createFile(desk.resolve("slot"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("desk"));
    assertThatThrownBy(() -> OutputFile.replace(link.resolve("export")))
        .isInstanceOf(UsageException.class);
  }
}
