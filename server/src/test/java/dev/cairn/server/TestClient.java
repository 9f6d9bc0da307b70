package dev.cairn.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.SigningKey;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** As little of a client as tests need: signs, sends, reads entries back. */
final class TestClient {

  final HttpClient http;
  private final TestServer server;
  private String nonce = "none";

  TestClient(TestServer server) throws Exception {
    this(server, HttpClient.Version.HTTP_2);
  }

  TestClient(TestServer server, HttpClient.Version version) throws Exception {
    this.server = server;
    HttpClient.Builder builder = HttpClient.newBuilder().version(version);
    if (server.running().url().getScheme().equals("https")) {
      byte[] pin = server.invitation().address().pin().orElseThrow().bytes();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Pin(pin)}, null);
      builder.sslContext(context);
    }
    http = builder.build();
  }

  /** A request, not signed. */
  HttpRequest.Builder request(String method, String target, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(server.running().url() + target))
        .timeout(Duration.ofSeconds(20))
        .method(method, body);
  }

  /** A request signed with the nonce of the last answer. */
  HttpRequest.Builder signed(SigningKey key, String method, String target, BodyPublisher body) {
    RequestSignature signature =
        RequestSignature.sign(key, RequestTarget.of(method, target), nonce);
    return request(method, target, body)
        .header(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
        .header(HttpNames.SIGNATURE, signature.signatureHeader());
  }

  /** Sends and remembers the nonce of the answer. */
  HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    response.headers().firstValue(HttpNames.NONCE).ifPresent(fresh -> nonce = fresh);
    return response;
  }

  /** Gets a nonce if there is none that is good now. */
  void refresh() throws Exception {
    send(request("GET", "/v1/none", BodyPublishers.noBody()).build());
  }

  String nonce() {
    return nonce;
  }

  HttpResponse<byte[]> create(TestSpace space, byte[] code) throws Exception {
    return create(TestSpace.joined(TestSpace.entries(space.founding.statements().toArray())), code);
  }

  HttpResponse<byte[]> create(byte[] body, byte[] code) throws Exception {
    return send(
        request("POST", "/v1/spaces", BodyPublishers.ofByteArray(body))
            .header("Content-Type", HttpNames.STREAM)
            .header(
                HttpNames.SPACE_CODE, Base64.getUrlEncoder().withoutPadding().encodeToString(code))
            .build());
  }

  HttpResponse<byte[]> get(TestSpace space, SigningKey key, String tail) throws Exception {
    refresh();
    return send(signed(key, "GET", path(space.id, tail), BodyPublishers.noBody()).build());
  }

  HttpResponse<byte[]> pushRaw(TestSpace space, SigningKey key, String query, byte[] body)
      throws Exception {
    refresh();
    return send(
        signed(key, "POST", path(space.id, "push" + query), BodyPublishers.ofByteArray(body))
            .header("Content-Type", HttpNames.STREAM)
            .build());
  }

  List<Entry> push(TestSpace space, SigningKey key, Object... parts) throws Exception {
    byte[] body = TestSpace.joined(TestSpace.entries(parts));
    return read(space.id, pushRaw(space, key, "", body));
  }

  List<Entry> pull(TestSpace space, SigningKey key, String query) throws Exception {
    return read(space.id, get(space, key, "pull" + query));
  }

  static String path(SpaceId space, String tail) {
    return "/v1/spaces/" + space + "/" + tail;
  }

  static List<Entry> read(SpaceId space, HttpResponse<byte[]> response) throws Exception {
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(response.statusCode() + " " + new String(response.body(), UTF_8));
    }
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(response.body());
    EntryReader reader = new EntryReader(space);
    List<Entry> entries = new ArrayList<>();
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      entries.add(reader.read(next.get()));
    }
    if (strings.pendingBytes() > 0) {
      throw new AssertionError("the answer ends inside an entry");
    }
    return entries;
  }

  /** Trusts one key and looks at nothing else, as devices do. */
  private static final class Pin extends X509ExtendedTrustManager {
    private final byte[] pin;

    Pin(byte[] pin) {
      this.pin = pin;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      try {
        byte[] found =
            MessageDigest.getInstance("SHA-256").digest(chain[0].getPublicKey().getEncoded());
        if (!MessageDigest.isEqual(found, pin)) {
          throw new CertificateException("another key");
        }
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new CertificateException(e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
