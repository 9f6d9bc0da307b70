package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which TLS a server speaks. Before 1.3 its certificate would be shown to everybody on the way. */
class TlsTest {

  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer(directory.resolve("data"), true);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The version agreed on with somebody who speaks only these and trusts any key. */
  private static String agreed(String... versions) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    URI url = server.running().url();
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
      socket.setEnabledProtocols(versions);
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  @Test
  void handshake_inTls13_isAgreed() throws Exception {
    assertThat(agreed("TLSv1.3")).isEqualTo("TLSv1.3");
    assertThat(agreed("TLSv1.2", "TLSv1.3")).isEqualTo("TLSv1.3");
  }

  @Test
  void handshake_inTls12Only_isRefused() {
    assertThatThrownBy(() -> agreed("TLSv1.2"))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("protocol_version");
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
