package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server in the clear on loopback with a space in it, and one admitted reporter. */
abstract class ServerFixture {

  @TempDir Path directory;
  TestServer server;
  TestClient client;
  TestSpace space;
  TestDevice reporter;

  @BeforeEach
  void createSpace() throws Exception {
    server = new TestServer(directory.resolve("data"), tls());
    client =
        new TestClient(server, tls() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
    space = new TestSpace(1, server.invitation());
    TestClient.read(space.id, client.create(space, server.invitation().spaceCode().expose()));
    reporter = new TestDevice(space.randomness);
    push(space.owner, space.admit(reporter).toArray());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  boolean tls() {
    return false;
  }

  /** Pushes, and checks the answer as the device would. */
  ReceiptChecker push(TestDevice by, Object... parts) throws Exception {
    return new ReceiptChecker(space, client.push(space, by.key, parts), leaves(parts));
  }

  /** Pushes what will be refused from the first leaf on, and gives the codes. */
  List<String> refused(TestDevice by, Object... parts) throws Exception {
    ReceiptChecker checked =
        new ReceiptChecker(space, client.push(space, by.key, parts), List.of());
    assertThat(checked.positions).isEmpty();
    return checked.codes();
  }

  /** A second coordinator, confirmed. */
  TestDevice coordinator() throws Exception {
    TestDevice device = new TestDevice(space.randomness);
    push(space.owner, space.admit(device, Role.COORDINATOR, 1).toArray());
    Statement confirmation =
        space.add(
            space
                .writer()
                .confirmation(space.roster().device(device.id).orElseThrow(), space.owner.key));
    push(space.owner, confirmation);
    return device;
  }

  static List<Digest> leaves(Object... parts) {
    List<Digest> leaves = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Statement statement) {
        leaves.add(statement.leafHash());
      } else {
        for (Object change : (List<?>) part) {
          leaves.add(((Change) change).leafHash());
        }
      }
    }
    return leaves;
  }

  static String code(HttpResponse<byte[]> response) {
    String body = new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    return body.replaceAll(".*\"code\":\"([^\"]*)\".*", "$1");
  }

  static List<Change> changes(List<Entry> entries) {
    List<Change> changes = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.OfFrame frame) {
        changes.addAll(frame.frame().changes());
      }
    }
    return changes;
  }
}
