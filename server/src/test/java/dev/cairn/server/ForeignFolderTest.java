package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.server.directory.ServerDirectory;
import dev.cairn.server.ledger.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server moves into no folder that somebody else lives in, and leaves alone what is not its. */
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
  void isForeign_aLogBesideNothing_isNot() throws Exception {
    Files.createFile(folder.resolve("serve.log"));
    assertThat(ServerDirectory.isForeign(folder)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "keys", "attachments", "server-invitation"})
  void isForeign_theRemainsOfAFirstStart_areNot(String part) throws Exception {
    Files.createDirectory(folder.resolve("keys"));
    Path left = folder.resolve(part);
    if (!Files.exists(left)) {
      Files.createFile(left);
    }
    assertThat(ServerDirectory.isForeign(folder)).isFalse();
  }

  @Test
  void isForeign_anotherFolder_is() throws Exception {
    Files.createDirectory(folder.resolve("documents"));
    Files.createFile(folder.resolve("lock"));
    assertThat(ServerDirectory.isForeign(folder)).isTrue();
  }

  @Test
  void isForeign_anotherFolderBesideALedger_isNot() throws Exception {
    Files.createDirectory(folder.resolve("documents"));
    Files.createFile(folder.resolve("ledger.sqlite"));
    assertThat(ServerDirectory.isForeign(folder)).isFalse();
  }

  @Test
  void hold_besideALog_closesTheServersOwnFilesOnly() throws Exception {
    Path log = Files.createFile(folder.resolve("serve.log"));
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));
    Path invitation = Files.createFile(folder.resolve("server-invitation"));
    Files.setPosixFilePermissions(invitation, PosixFilePermissions.fromString("rw-r--r--"));
    ServerDirectory.hold(folder).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-r--r--");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(invitation)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void start_theLedgerIsGoneAndTheKeysAreThere_isRefusedAndKeepsThem() throws Exception {
    ServerConfig config =
        ServerConfig.of(folder).listen(new ServerConfig.HostPort("127.0.0.1", 0)).build();
    Server.start(config).close();
    try (var files = Files.newDirectoryStream(folder, "ledger.sqlite*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(() -> Server.start(config)).isInstanceOf(StoreException.Corrupt.class);
    assertThat(folder.resolve("ledger.sqlite")).doesNotExist();
    assertThat(folder.resolve("keys")).isNotEmptyDirectory();
  }
}
