package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The road of a space, over TLS and HTTP/2. */
class CreateAndPushTest {

  @TempDir Path directory;
  private TestServer server;
  private TestClient client;
  private TestSpace space;

  @BeforeEach
  void createSpace() throws Exception {
    server = new TestServer(directory, true);
    client = new TestClient(server);
    space = new TestSpace(1, server.invitation());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<byte[]> create() throws Exception {
    return client.create(space, server.invitation().spaceCode().expose());
  }

  private static List<Digest> leaves(List<Statement> statements, List<Change> changes) {
    List<Digest> leaves = new ArrayList<>();
    statements.forEach(statement -> leaves.add(statement.leafHash()));
    changes.forEach(change -> leaves.add(change.leafHash()));
    return leaves;
  }

  @Test
  void create_firstStatements_receiptsForLeavesFromZero() throws Exception {
    List<Entry> answer = TestClient.read(space.id, create());
    ReceiptChecker checked =
        new ReceiptChecker(space, answer, leaves(space.founding.statements(), List.of()));
    assertThat(checked.positions).containsExactly(0L, 1L, 2L);
  }

  @Test
  void create_twice_sameReceiptsAndNoSecondSpace() throws Exception {
    create();
    ReceiptChecker checked =
        new ReceiptChecker(
            space,
            TestClient.read(space.id, create()),
            leaves(space.founding.statements(), List.of()));
    assertThat(checked.positions).containsExactly(0L, 1L, 2L);
  }

  @Test
  void push_newReporterWithItsAdmission_acceptedInOneRequest() throws Exception {
    create();
    TestDevice reporter = new TestDevice(space.randomness);
    List<Statement> admission = space.admit(reporter);
    List<Change> changes = reporter.notes(space.roster(), "one", "two", "three");

    List<Entry> answer =
        client.push(space, reporter.key, admission.get(0), admission.get(1), changes);

    ReceiptChecker checked = new ReceiptChecker(space, answer, leaves(admission, changes));
    assertThat(checked.refusals).isEmpty();
    assertThat(checked.positions).containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
  }
}
