package dev.cairn.client.okhttp;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** An exchange whose request is sent whole: only the answer is left to read. */
final class AnsweredExchange implements Exchange {

  private static final int PIECE_BYTES = 16 * 1024;

  private final Response response;
  private final Meter meter;
  private final byte[] piece = new byte[PIECE_BYTES];

  AnsweredExchange(Response response, Meter meter) {
    this.response = response;
    this.meter = meter;
  }

  @Override
  public boolean duplex() {
    return false;
  }

  @Override
  public void send(byte[] more) {
    throw new IllegalStateException("the request is sent already");
  }

  @Override
  public void finish() {}

  @Override
  public int status() {
    return response.code();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(response.header(name));
  }

  @Override
  public byte @Nullable [] receive() throws TransportException {
    try {
      InputStream body = response.body().byteStream();
      int count = body.read(piece);
      if (count < 0) {
        return null;
      }
      meter.down(count);
      return Arrays.copyOf(piece, count);
    } catch (IOException e) {
      throw TransportFailures.named(e);
    }
  }

  @Override
  public void close() {
    response.close();
  }
}
