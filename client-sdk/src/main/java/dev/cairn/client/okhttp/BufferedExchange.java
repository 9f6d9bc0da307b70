package dev.cairn.client.okhttp;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A streamed request on HTTP/1.1, where an answer cannot be read while sending: the pieces are
 * gathered and sent at {@link #finish}. The caller keeps such requests small.
 */
final class BufferedExchange implements Exchange {

  private final OkHttpTransport transport;
  private final okhttp3.Request.Builder head;
  private final String method;
  private final MediaType type;
  private final Meter meter;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private @Nullable AnsweredExchange answered;

  BufferedExchange(
      OkHttpTransport transport,
      okhttp3.Request.Builder head,
      String method,
      MediaType type,
      Meter meter) {
    this.transport = transport;
    this.head = head;
    this.method = method;
    this.type = type;
    this.meter = meter;
  }

  @Override
  public boolean duplex() {
    return false;
  }

  @Override
  public void send(byte[] piece) {
    gathered.write(piece, 0, piece.length);
  }

  @Override
  public void finish() throws TransportException {
    answer();
  }

  private AnsweredExchange answer() throws TransportException {
    if (answered == null) {
      byte[] body = gathered.toByteArray();
      meter.up(body.length);
      answered =
          new AnsweredExchange(
              transport.execute(head.method(method, RequestBody.create(body, type)).build()),
              meter);
    }
    return answered;
  }

  @Override
  public int status() throws TransportException {
    return answer().status();
  }

  @Override
  public Optional<String> header(String name) throws TransportException {
    return answer().header(name);
  }

  @Override
  public byte @Nullable [] receive() throws TransportException {
    return answer().receive();
  }

  @Override
  public void close() {
    if (answered != null) {
      answered.close();
    }
  }
}
