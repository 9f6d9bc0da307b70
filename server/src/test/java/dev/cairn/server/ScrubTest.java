package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An erased body while somebody reads the store. */
class ScrubTest extends ServerFixture {

  private boolean isInWal(byte[] body) throws IOException {
    Path wal = server.directory.resolve("ledger.sqlite-wal");
    String part = new String(body, 0, 48, StandardCharsets.ISO_8859_1);
    return new String(Files.readAllBytes(wal), StandardCharsets.ISO_8859_1).contains(part);
  }

  @Test
  void erasedBody_keptByAReader_scrubbedSoonAfterHeIsGone() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one");
    push(reporter, changes);
    byte[] body = changes.get(1).ciphertext().orElseThrow().bytes();
    try (Connection reader =
            DriverManager.getConnection(
                "jdbc:sqlite:" + server.directory.resolve("ledger.sqlite"));
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT count(*) FROM change").next();
      push(space.owner, space.owner.erasing(space.roster(), changes.get(1).id()));
      assertThat(isInWal(body)).isTrue();
      reader.rollback();
    }
    // Nobody pushes any more. Only reading requests, so that this does not spin.
    for (int i = 0; i < 10_000 && isInWal(body); i++) {
      client.get(space, reporter.key, "head");
    }
    assertThat(isInWal(body)).isFalse();
  }
}
