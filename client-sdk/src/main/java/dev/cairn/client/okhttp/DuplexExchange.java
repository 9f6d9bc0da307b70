package dev.cairn.client.okhttp;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.TransportException;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A streamed request on HTTP/2: OkHttp hands out the body's sink and returns with the head of the
 * answer, after which both directions flow on the caller's one thread. A proxy that forces HTTP/1.1
 * on us makes the first send fail as unreachable rather than hang.
 */
final class DuplexExchange implements Exchange {

  /** The body of a duplex call: keeps the sink that the call hands it. */
  private static final class OpenBody extends RequestBody {
    private final MediaType type;
    private @Nullable BufferedSink sink;

    OpenBody(MediaType type) {
      this.type = type;
    }

    @Override
    public MediaType contentType() {
      return type;
    }

    @Override
    public boolean isDuplex() {
      return true;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink given) throws IOException {
      given.flush();
      sink = given;
    }

    BufferedSink sink() {
      BufferedSink given = sink;
      if (given == null) {
        throw new IllegalStateException("the call has not begun");
      }
      return given;
    }
  }

  private final Call call;
  private final OpenBody body;
  private final AnsweredExchange answer;
  private final Meter meter;
  private boolean finished;

  private DuplexExchange(Call call, OpenBody body, AnsweredExchange answer, Meter meter) {
    this.call = call;
    this.body = body;
    this.answer = answer;
    this.meter = meter;
  }

  static DuplexExchange open(
      OkHttpTransport transport,
      okhttp3.Request.Builder head,
      String method,
      MediaType type,
      Meter meter)
      throws TransportException {
    OpenBody body = new OpenBody(type);
    Call call = transport.call(head.method(method, body).build());
    Response response = transport.execute(call);
    return new DuplexExchange(call, body, new AnsweredExchange(response, meter), meter);
  }

  @Override
  public boolean duplex() {
    return true;
  }

  @Override
  public void send(byte[] piece) throws TransportException {
    try {
      body.sink().write(piece).flush();
      meter.up(piece.length);
    } catch (IOException e) {
      throw TransportFailures.named(e);
    }
  }

  @Override
  public void finish() throws TransportException {
    if (finished) {
      return;
    }
    finished = true;
    try {
      body.sink().close();
    } catch (IOException e) {
      throw TransportFailures.named(e);
    }
  }

  @Override
  public int status() {
    return answer.status();
  }

  @Override
  public Optional<String> header(String name) {
    return answer.header(name);
  }

  @Override
  public byte @Nullable [] receive() throws TransportException {
    return answer.receive();
  }

  /** Lets go of both directions: a sink left open would hold its connection for good. */
  @Override
  public void close() {
    if (!finished) {
      finished = true;
      call.cancel();
      try {
        body.sink().close();
      } catch (IOException cancelled) {
        // As it was meant to be.
      }
    }
    answer.close();
  }
}
