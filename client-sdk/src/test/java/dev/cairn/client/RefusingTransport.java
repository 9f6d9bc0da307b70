package dev.cairn.client;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.http.HttpNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server that refuses whoever wants to found a space, and keeps what he sent. */
final class RefusingTransport implements Transport {

  private final Transport server;
  private final int status;
  private final byte[] answer;
  private final List<byte[]> refused = new ArrayList<>();

  private RefusingTransport(Transport server, int status, String answer) {
    this.server = server;
    this.status = status;
    this.answer = answer.getBytes(StandardCharsets.UTF_8);
  }

  /** Refuses as a server of ours does. */
  static RefusingTransport with(Transport server, int status, String code) {
    return new RefusingTransport(
        server, status, "{\"type\":\"" + HttpNames.ERROR_PREFIX + code + "\"}");
  }

  /** Refuses as something that stands before it. */
  static RefusingTransport proxy(Transport server, int status) {
    return new RefusingTransport(server, status, "<html>no</html>");
  }

  /** What was refused. */
  List<byte[]> refused() {
    return refused;
  }

  @Override
  public Exchange open(Request request) throws TransportException {
    if (!request.target().equals("/v1/spaces")) {
      return server.open(request);
    }
    refused.add(request.body());
    return new Refusal();
  }

  @Override
  public Traffic traffic() {
    return server.traffic();
  }

  @Override
  public void close() {}

  private final class Refusal implements Exchange {
    private boolean read;

    @Override
    public boolean duplex() {
      return true;
    }

    @Override
    public void send(byte[] piece) {}

    @Override
    public void finish() {}

    @Override
    public int status() {
      return status;
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public byte @Nullable [] receive() {
      boolean again = read;
      read = true;
      return again ? null : answer;
    }

    @Override
    public void close() {}
  }
}
