package dev.cairn.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody nobody knows can take of a server, and for how long. */
class StrangerTest extends ServerFixture {

  private static final int WAIT_MILLIS = 20_000;
  private static final Duration SHORT = Duration.ofMillis(200);

  /** The first line of the answer to bytes after which nothing more is sent; empty if none. */
  private String answerTo(String bytes) throws IOException {
    URI url = server.running().url();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      socket.setSoTimeout(WAIT_MILLIS);
      socket.getOutputStream().write(bytes.getBytes(US_ASCII));
      byte[] answer = new byte[64];
      int length = socket.getInputStream().read(answer);
      return length < 0 ? "" : new String(answer, 0, length, US_ASCII).split("\r\n", 2)[0];
    }
  }

  private static String creation(byte[] code, int sizeBytes) {
    return "POST /v1/spaces HTTP/1.1\r\nHost: x\r\nContent-Length: "
        + sizeBytes
        + "\r\nCairn-Space-Code: "
        + Base64.getUrlEncoder().withoutPadding().encodeToString(code)
        + "\r\n\r\n";
  }

  @Test
  void create_unknownCode_refusedBeforeTheBodyComes() throws Exception {
    assertThat(answerTo(creation(new byte[16], 4_000_000))).contains("403");
  }

  @Test
  void create_bodyThatDoesNotCome_tooSlow() throws Exception {
    server.patience(SHORT);
    byte[] code = server.invitation().spaceCode().expose();
    assertThat(answerTo(creation(code, 1000) + "x")).contains("408");
  }

  @Test
  void connection_withoutRequest_closed() throws Exception {
    server.patience(SHORT);
    assertThat(answerTo("")).isEmpty();
  }

  @Test
  void connection_withHalfARequest_closed() throws Exception {
    server.patience(SHORT);
    assertThat(answerTo("POST /v1/spaces HTTP/1.1\r\nHost: ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, entry.malformed", "1, device.unknown"})
  void push_entryAtItsLimit_readAndNoByteMore(int more, String refusal) throws Exception {
    TestDevice stranger = new TestDevice(space.randomness);
    byte[] entry = new byte[ServerLimits.STRANGER_BYTES_MAX + more];
    byte[] body = ByteStringStream.wrap(entry, Limits.ENTRY_BYTES_MAX);
    List<Entry> answers = TestClient.read(space.id, client.pushRaw(space, stranger.key, "", body));
    assertThat(((Entry.Refusal) answers.get(0)).code()).isEqualTo(refusal);
  }

  @Test
  void push_largeBeforeAdmission_refusedWithoutItsEnd() throws Exception {
    TestDevice stranger = new TestDevice(space.randomness);
    byte[] body = ByteStringStream.wrap(new byte[1_000_000], Limits.ENTRY_BYTES_MAX);
    List<Entry> answers = TestClient.read(space.id, client.pushRaw(space, stranger.key, "", body));
    assertThat(((Entry.Refusal) answers.get(0)).code()).isEqualTo("device.unknown");
  }

  @Test
  void push_admissionThenMuchMore_allTaken() throws Exception {
    TestDevice newcomer = new TestDevice(space.randomness);
    List<Object> parts = new java.util.ArrayList<>(space.admit(newcomer));
    for (int i = 0; i < 6; i++) {
      parts.add(newcomer.notes(space.roster(), TestSpace.text(60_000, i)));
    }
    assertThat(push(newcomer, parts.toArray()).positions).hasSize(2 + 7);
  }

  @Test
  void writerLost_processGivenUpAndHealthSaysSo() throws Exception {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("cairn-writer")) {
        thread.interrupt();
      }
    }
    server.ended.get(WAIT_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS);
    URI health = server.running().adminUrl().orElseThrow().resolve("/health");
    assertThat(client.send(java.net.http.HttpRequest.newBuilder(health).build()).statusCode())
        .isEqualTo(503);
  }
}
