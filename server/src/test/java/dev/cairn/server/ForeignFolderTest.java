package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.server.directory.ServerDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server moves into an empty folder or its own, and into no other. */
final class ForeignFolderTest {

  @TempDir private Path folder;

  @Test
  void isForeign_noFolder_isNot() throws Exception {
    assertThat(ServerDirectory.isForeign(folder.resolve("new"))).isFalse();
  }

  @Test
  void isForeign_emptyFolder_isNot() throws Exception {
    assertThat(ServerDirectory.isForeign(folder)).isFalse();
  }

  @Test
  void isForeign_theRootOfAnEmptyDisk_isNot() throws Exception {
    Files.createDirectory(folder.resolve("lost+found"));
    assertThat(ServerDirectory.isForeign(folder)).isFalse();
  }

  @Test
  void isForeign_anotherFile_is() throws Exception {
    Files.createFile(folder.resolve("notes.txt"));
    assertThat(ServerDirectory.isForeign(folder)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "keys", "ledger.sqlite"})
  void isForeign_anotherFileBesidePartOfAServer_isNot(String part) throws Exception {
    Files.createFile(folder.resolve("notes.txt"));
    Files.createFile(folder.resolve(part));
    assertThat(ServerDirectory.isForeign(folder)).isFalse();
  }
}
