package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is answered, and how refusals look. */
class RequestTest extends ServerFixture {

  private HttpRequest.Builder head() {
    return client.signed(
        reporter.key, "GET", TestClient.path(space.id, "head"), BodyPublishers.noBody());
  }

  private HttpRequest.Builder unsigned(String method, String target) {
    return client.request(method, target, BodyPublishers.noBody());
  }

  @Test
  void signedRequest_sentTwice_answeredTwice() throws Exception {
    client.refresh();
    HttpRequest request = head().build();
    byte[] first = client.send(request).body();
    assertThat(client.send(request).body()).isEqualTo(first);
  }

  @Test
  void nonce_inTheNextWindow_stillTaken() throws Exception {
    client.refresh();
    HttpRequest request = head().build();
    server.clock.advance(Duration.ofMinutes(10));
    assertThat(client.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void nonce_twoWindowsOld_staleWithANewOne() throws Exception {
    client.refresh();
    HttpRequest request = head().build();
    String before = client.nonce();
    server.clock.advance(Duration.ofMinutes(20));
    HttpResponse<byte[]> response = client.send(request);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(code(response)).isEqualTo("nonce.stale");
    assertThat(client.nonce()).isNotEqualTo(before);
  }

  @Test
  void nonce_thatIsNew_isToldOnce() throws Exception {
    client.refresh();
    HttpRequest request = head().build();
    assertThat(client.send(request).headers().firstValue(HttpNames.NONCE)).isEmpty();
    server.clock.advance(Duration.ofMinutes(10));
    assertThat(client.send(request).headers().firstValue(HttpNames.NONCE)).isPresent();
    assertThat(client.send(head().build()).headers().firstValue(HttpNames.NONCE)).isEmpty();
  }

  @Test
  void nonce_afterRestart_stillTaken() throws Exception {
    client.refresh();
    server.restart();
    assertThat(client.send(head().build()).statusCode()).isEqualTo(200);
  }

  @Test
  void request_withoutSignature_refused() throws Exception {
    HttpResponse<byte[]> response =
        client.send(unsigned("GET", TestClient.path(space.id, "pull")).build());
    assertThat(code(response)).isEqualTo("signature.missing");
  }

  @Test
  void request_signatureOfOtherTarget_refused() throws Exception {
    client.refresh();
    RequestSignature other =
        RequestSignature.sign(
            reporter.key,
            RequestTarget.of("GET", TestClient.path(space.id, "pull")),
            client.nonce());
    HttpResponse<byte[]> response =
        client.send(
            unsigned("GET", TestClient.path(space.id, "head"))
                .header(HttpNames.SIGNATURE_INPUT, other.inputHeader())
                .header(HttpNames.SIGNATURE, other.signatureHeader())
                .build());
    assertThat(code(response)).isEqualTo("signature.invalid");
  }

  @Test
  void request_signatureInOtherSpelling_refused() throws Exception {
    HttpResponse<byte[]> response =
        client.send(
            unsigned("GET", TestClient.path(space.id, "head"))
                .header(HttpNames.SIGNATURE_INPUT, "sig1=(\"@method\");keyid=\"x\"")
                .header(HttpNames.SIGNATURE, "sig1=:AAAA:")
                .build());
    assertThat(code(response)).isEqualTo("signature.malformed");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404, route.unknown",
    "GET, /v1/spaces/00/pull, 404, space.unknown",
    "GET, /v1/spaces, 405, method.unknown",
    "DELETE, /v1/spaces, 405, method.unknown",
    "HEAD, /v1/uploads/x, 412, HEAD",
    "GET, /v1/../etc/passwd, 404, route.unknown",
  })
  void request_thatFitsNoRoute_problem(String method, String target, int status, String code)
      throws Exception {
    HttpResponse<byte[]> response = client.send(unsigned(method, target).build());
    assertThat(response.statusCode()).isEqualTo(status);
    if (!method.equals("HEAD")) {
      assertThat(code(response)).isEqualTo(code);
    }
  }

  @Test
  void problem_document_hasTypeTitleStatusAndCode() throws Exception {
    HttpResponse<byte[]> response = client.send(unsigned("GET", "/nothing").build());
    assertThat(response.headers().firstValue("Content-Type")).hasValue(HttpNames.PROBLEM);
    assertThat(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"type\":\"https://cairn.dev/errors/route.unknown\","
                + "\"title\":\"There is nothing at this address\","
                + "\"status\":404,\"code\":\"route.unknown\"}");
  }

  @Test
  void query_notANumber_malformed() throws Exception {
    assertThat(code(client.get(space, reporter.key, "pull?from=-1")))
        .isEqualTo("request.malformed");
  }

  @Test
  void admin_health_isOk() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.running().adminUrl().orElseThrow().resolve("/health"))
            .build();
    assertThat(client.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void admin_metrics_nameRoutesAndNeverASpace() throws Exception {
    client.get(space, reporter.key, "head");
    HttpRequest request =
        HttpRequest.newBuilder(server.running().adminUrl().orElseThrow().resolve("/metrics"))
            .build();
    String text = new String(client.send(request).body(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(text).contains("/v1/spaces/:space/head").doesNotContain(space.id.toString());
  }
}
