package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.server.check.OpenLedger;
import dev.cairn.server.check.ServerFsck;
import dev.cairn.server.check.ServerState;
import dev.cairn.server.directory.StoreBusyException;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What survives, what is found when it did not, and what is nowhere to be found. */
class DurabilityTest extends ServerFixture {

  /** The directory as a power cut would leave it: whatever is in the files now, nothing closed. */
  private Path powerCut() throws IOException {
    Path copy = directory.resolve("after-the-cut");
    try (Stream<Path> files = Files.walk(server.directory)) {
      files.forEach(
          file -> {
            try {
              Path to = copy.resolve(server.directory.relativize(file).toString());
              if (!file.getFileName().toString().endsWith("-shm")) {
                Files.copy(file, to);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return copy;
  }

  private void edit(String sql) throws Exception {
    server.close();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + server.directory.resolve("ledger.sqlite"));
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private List<String> problemKinds() throws Exception {
    return ServerFsck.check(server.directory).problems().stream()
        .map(ServerFsck.Problem::kind)
        .distinct()
        .toList();
  }

  @Test
  void powerCut_afterAnAnswer_sameReceiptsFromTheCopy() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two");
    List<Long> before = push(reporter, changes).positions;
    Path copy = powerCut();
    server.close();
    try (TestServer second = new TestServer(copy, false)) {
      TestClient again = new TestClient(second, java.net.http.HttpClient.Version.HTTP_1_1);
      ReceiptChecker checked =
          new ReceiptChecker(space, again.push(space, reporter.key, changes), leaves(changes));
      assertThat(checked.positions).isEqualTo(before);
    }
  }

  @Test
  void state_ofStoppedServer_countsStatementsAndChanges() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one", "two"));
    server.close();
    var summary = ServerState.of(server.directory).spaces().get(0);
    assertThat(summary.statements()).isEqualTo(5);
    assertThat(summary.changes()).isEqualTo(3);
    assertThat(summary.size()).isEqualTo(8);
  }

  @Test
  void state_ofRunningServer_busy() {
    assertThatThrownBy(() -> ServerState.of(server.directory))
        .isInstanceOf(StoreBusyException.class);
  }

  @Test
  void fsck_afterForkErasureAndRestart_ok() throws Exception {
    List<Change> first = reporter.notes(space.roster(), "one");
    push(reporter, first);
    push(reporter, reporter.notes(space.roster(), "two"));
    reporter.restoreTo(space.id, first);
    push(reporter, reporter.notes(space.roster(), "other"));
    push(space.owner, space.owner.erasing(space.roster(), first.get(1).id()));
    push(space.owner, space.owner.erasing(space.roster(), first.get(0).id()));
    server.restart();
    server.close();
    ServerFsck.Report report = ServerFsck.check(server.directory);
    assertThat(report.problems()).isEmpty();
    assertThat(report.checked()).containsEntry("changes", 8L);
  }

  @Test
  void fsck_changedBody_found() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one"));
    edit("UPDATE change SET ciphertext = zeroblob(length(ciphertext)) WHERE position = 6");
    assertThat(problemKinds()).containsExactly("entry");
  }

  @Test
  void fsck_bodyDropped_found() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one"));
    edit("UPDATE change SET ciphertext = NULL WHERE position = 6");
    assertThat(problemKinds()).containsExactly("body");
  }

  @Test
  void fsck_changedSignature_found() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one"));
    edit("UPDATE change SET signature = zeroblob(64) WHERE position = 6");
    assertThat(problemKinds()).containsExactly("signature");
  }

  @Test
  void fsck_changedNode_found() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one"));
    edit("UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND position = 0");
    assertThat(problemKinds()).containsExactly("node");
  }

  @Test
  void fsck_changedCheckpoint_found() throws Exception {
    edit("UPDATE checkpoint SET note = zeroblob(100) WHERE size = 3");
    assertThat(problemKinds()).containsExactly("checkpoint");
  }

  @Test
  void fsck_lostEntry_found() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one"));
    edit("DELETE FROM change WHERE position = 6");
    assertThat(problemKinds()).containsExactly("entry");
  }

  @Test
  void fsck_lostHead_found() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one"));
    edit("DELETE FROM head");
    assertThat(problemKinds()).containsExactly("heads");
  }

  @Test
  void start_onDamagedTree_refused() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one"));
    edit("UPDATE node SET hash = zeroblob(32) WHERE level = 2 AND position = 0");
    assertThatThrownBy(() -> server.start()).isInstanceOf(StoreException.Corrupt.class);
  }

  @Test
  void start_onNewerSchema_refused() throws Exception {
    edit("PRAGMA user_version = 99");
    assertThatThrownBy(() -> server.start()).isInstanceOf(StoreException.TooNew.class);
  }

  @Test
  void start_onFileThatIsNoDatabase_refused() throws Exception {
    server.close();
    Files.write(server.directory.resolve("ledger.sqlite"), new byte[5000]);
    Files.deleteIfExists(server.directory.resolve("ledger.sqlite-wal"));
    assertThatThrownBy(() -> server.start()).isInstanceOf(StoreException.Corrupt.class);
  }

  @Test
  void backup_ofRunningServer_restoresToTheSameState() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one", "two"));
    Path file = directory.resolve("backup.zip");
    ServerBackup.write(server.directory, file);
    Path restored = directory.resolve("restored");
    ServerBackup.restore(file, restored);
    server.close();
    assertThat(ServerState.of(restored)).isEqualTo(ServerState.of(server.directory));
    assertThat(ServerFsck.check(restored).ok()).isTrue();
  }

  @Test
  void store_afterReportsAndNames_holdsNoWordOfThem() throws Exception {
    TestDevice other = new TestDevice(space.randomness);
    List<Statement> admission = space.admit(other);
    push(other, admission.get(0), admission.get(1));
    push(other, other.notes(space.roster(), "CANARY-NOTE-7731 at the bridge"));
    Path backup = powerCut();
    for (String canary : List.of("CANARY-NOTE-7731", "Test space", "A reporter", "The owner")) {
      assertThat(filesHolding(backup, canary)).as(canary).isEmpty();
    }
  }

  @Test
  void erasedBody_afterwards_inNoFile() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one");
    push(reporter, changes);
    byte[] body = changes.get(1).ciphertext().orElseThrow().bytes();
    String part = new String(body, 0, 48, StandardCharsets.ISO_8859_1);
    assertThat(filesHolding(powerCut(), part)).isNotEmpty();
    push(space.owner, space.owner.erasing(space.roster(), changes.get(1).id()));
    server.close();
    assertThat(filesHolding(server.directory, part)).isEmpty();
  }

  private static List<Path> filesHolding(Path folder, String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                try {
                  byte[] bytes = Files.readAllBytes(file);
                  return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  @Test
  void openLedger_whereNoServerWas_refused() {
    assertThatThrownBy(() -> OpenLedger.open(directory.resolve("nothing")))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }
}
