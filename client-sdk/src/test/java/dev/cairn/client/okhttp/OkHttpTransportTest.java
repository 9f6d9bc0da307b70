package dev.cairn.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** To whom a device says anything at all: the pinned key, and in TLS 1.3. */
class OkHttpTransportTest {

  private static int status(PretendTlsServer server, byte[] pin) throws TransportException {
    try (Transport transport = OkHttpTransport.to(server.address(), Optional.of(pin));
        Exchange exchange = transport.open(Request.of("GET", "/v1/any"))) {
      return exchange.status();
    }
  }

  private static String refusal(PretendTlsServer server, byte[] pin) {
    return catchThrowableOfType(TransportException.class, () -> status(server, pin)).code();
  }

  @Test
  void server_withThePinnedKeyInTls13_isAsked() throws Exception {
    try (PretendTlsServer server = PretendTlsServer.speaking("TLSv1.3")) {
      assertThat(status(server, server.pin())).isEqualTo(204);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  /** Every byte of a head is paid for in the field, and none says what phone this is. */
  @Test
  void request_saysNothingThatWasNotAskedFor() throws Exception {
    try (PretendTlsServer server = PretendTlsServer.speaking("TLSv1.3")) {
      assertThat(status(server, server.pin())).isEqualTo(204);
      assertThat(server.headers()).containsExactly("Host");
    }
  }

  @Test
  void request_isCountedAsItWasSent() throws Exception {
    try (PretendTlsServer server = PretendTlsServer.speaking("TLSv1.3");
        Transport transport = OkHttpTransport.to(server.address(), Optional.of(server.pin()))) {
      try (Exchange exchange = transport.open(Request.of("GET", "/v1/any?seen=0.1"))) {
        assertThat(exchange.status()).isEqualTo(204);
      }
      assertThat(transport.traffic().bytesUp()).isEqualTo(server.headBytes());
      assertThat(transport.traffic().requests()).isEqualTo(1);
    }
  }

  /** Whose certificate, and so whose name, would be shown to everybody on the way. */
  @Test
  void server_withThePinnedKeyInTls12Only_isToldNothing() throws Exception {
    try (PretendTlsServer server = PretendTlsServer.speaking("TLSv1.2")) {
      assertThat(refusal(server, server.pin())).isEqualTo("server.unreachable");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void server_withAnotherKey_isToldNothing() throws Exception {
    try (PretendTlsServer server = PretendTlsServer.speaking("TLSv1.3")) {
      byte[] other = server.pin();
      other[31] ^= 1;
      assertThat(refusal(server, other)).isEqualTo("server.wrong-key");
      assertThat(server.requests()).isZero();
    }
  }
}
