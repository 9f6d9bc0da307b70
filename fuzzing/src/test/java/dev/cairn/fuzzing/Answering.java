package dev.cairn.fuzzing;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A server whose answers an input spells out, one after another: the status, which headers it has
 * and what they say, and a body in two pieces. Where the input ends, the link is cut.
 */
final class Answering implements Transport {

  private static final int[] STATUS = {200, 201, 202, 204, 206, 400, 401, 404, 409, 410, 500};
  private static final String[] HEADERS = {"cairn-nonce", "location", "upload-offset"};
  private static final HttpUrl ADDRESS = HttpUrl.get("https://server.example:8443");

  private final byte[] script;
  private int at;

  Answering(byte[] script) {
    this.script = script;
  }

  private int next() {
    return at < script.length ? script[at++] & 0xff : 0;
  }

  private byte[] take(int length) {
    int to = Math.min(script.length, at + length);
    byte[] taken = Arrays.copyOfRange(script, at, to);
    at = to;
    return taken;
  }

  @Override
  public Exchange open(Request request) throws TransportException {
    HttpUrl url = ADDRESS.resolve(request.target());
    if (url == null || !url.host().equals(ADDRESS.host()) || url.port() != ADDRESS.port()) {
      throw new AssertionError("asks another server: " + request.target());
    }
    if (at >= script.length) {
      throw new TransportException(
          TransportException.Reason.UNREACHABLE, "cut", new IOException("cut"));
    }
    int status = STATUS[next() % STATUS.length];
    int has = next();
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < HEADERS.length; i++) {
      if ((has >> i & 1) == 1) {
        headers.put(HEADERS[i], new String(take(next()), StandardCharsets.ISO_8859_1));
      }
    }
    return new Answer(status, headers, take(next() * 16 + next()));
  }

  @Override
  public Traffic traffic() {
    return Traffic.NONE;
  }

  @Override
  public void close() {}

  private static final class Answer implements Exchange {
    private final int status;
    private final Map<String, String> headers;
    private byte[] left;

    Answer(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.left = body;
    }

    @Override
    public boolean duplex() {
      return false;
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
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public byte @Nullable [] receive() {
      if (left.length == 0) {
        return null;
      }
      int half = (left.length + 1) / 2;
      byte[] piece = Arrays.copyOf(left, half);
      left = Arrays.copyOfRange(left, half, left.length);
      return piece;
    }

    @Override
    public void close() {}
  }
}
