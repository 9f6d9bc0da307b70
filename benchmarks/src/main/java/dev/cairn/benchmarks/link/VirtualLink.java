package dev.cairn.benchmarks.link;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.simulation.server.Answering;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A slow link in virtual time: nobody waits, a clock is moved. A connection begins with two round
 * trips and 1,500 bytes of TLS, and ends after a while whatever is on its way. Bytes are those of
 * HTTP, heads as text. The server takes no time. For one thread.
 */
public final class VirtualLink implements Transport {

  private static final int HELLO_UP_BYTES = 400;
  private static final int HELLO_DOWN_BYTES = 1100;
  private static final int BITS = 8;

  private final Function<Request, Answering> server;
  private final double bitsPerSecond;
  private final double roundTripSeconds;
  private final double lifeSeconds;
  private double now;
  private double upFree;
  private double downFree;
  private double cutAt = -1;
  private int connections;
  private long bytesUp;
  private long bytesDown;
  private long requests;

  /** A link that begins at time 0. */
  public VirtualLink(
      Function<Request, Answering> server,
      double bitsPerSecond,
      double roundTripSeconds,
      double lifeSeconds) {
    this.server = server;
    this.bitsPerSecond = bitsPerSecond;
    this.roundTripSeconds = roundTripSeconds;
    this.lifeSeconds = lifeSeconds;
  }

  /** Seconds since it began. */
  public double now() {
    return now;
  }

  /** Connections so far. */
  public int connections() {
    return connections;
  }

  /** Ends the connection that is there, as a process does that ends. */
  public void hangUp() {
    cutAt = -1;
  }

  @Override
  public Exchange open(Request request) throws TransportException {
    if (cutAt < 0 || now >= cutAt) {
      connect();
    }
    requests++;
    byte[] body = request.body();
    double arrival = up(headBytes(request) + (body == null ? 0 : body.length));
    VirtualExchange exchange = new VirtualExchange(request.streamed());
    if (arrival > cutAt) {
      throw cut();
    }
    exchange.begin(server.apply(request), arrival);
    return exchange;
  }

  private void connect() throws TransportException {
    connections++;
    cutAt = now + lifeSeconds;
    upFree = now;
    downFree = now;
    up(HELLO_UP_BYTES);
    double hello = down(HELLO_DOWN_BYTES, upFree + roundTripSeconds / 2);
    now = hello + roundTripSeconds;
    upFree = now;
    if (now > cutAt) {
      throw cut();
    }
  }

  /** Sends so many bytes; when the last of them is at the other end. */
  private double up(long bytes) {
    bytesUp += bytes;
    upFree = Math.max(now, upFree) + bytes * BITS / bitsPerSecond;
    return upFree + roundTripSeconds / 2;
  }

  private double down(long bytes, double from) {
    bytesDown += bytes;
    downFree = Math.max(from, downFree) + bytes * BITS / bitsPerSecond;
    return downFree + roundTripSeconds / 2;
  }

  private TransportException cut() {
    now = Math.max(now, cutAt);
    cutAt = -1;
    return new TransportException(
        TransportException.Reason.UNREACHABLE, "the link is cut", new IOException("cut"));
  }

  private static long headBytes(Request request) {
    long bytes = 13L + request.method().length() + request.target().length();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      bytes += header.getKey().length() + header.getValue().length() + 4;
    }
    return bytes;
  }

  private static long headBytes(Answering answering) {
    long bytes = 17;
    for (Map.Entry<String, String> header : answering.headers().entrySet()) {
      bytes += header.getKey().length() + header.getValue().length() + 4;
    }
    return bytes;
  }

  private static final class Piece {
    private final byte[] bytes;
    private final double at;

    Piece(byte[] bytes, double at) {
      this.bytes = bytes;
      this.at = at;
    }
  }

  private final class VirtualExchange implements Exchange {
    private final Deque<Piece> answer = new ArrayDeque<>();
    private final boolean streamed;
    private @Nullable Answering answering;
    private double headAt;
    private boolean lost;
    private boolean finished;

    VirtualExchange(boolean streamed) {
      this.streamed = streamed;
    }

    void begin(Answering begun, double arrival) {
      answering = begun;
      headAt = down(headBytes(begun), arrival);
      if (!streamed || begun.status() / 100 != 2) {
        finished = true;
        take(begun.end(), arrival);
      }
    }

    private Answering begun() {
      Answering begun = answering;
      if (begun == null) {
        throw new IllegalStateException("no answer has begun");
      }
      return begun;
    }

    private void take(byte[] bytes, double from) {
      if (bytes.length > 0) {
        answer.add(new Piece(bytes, down(bytes.length, from)));
      }
    }

    @Override
    public boolean duplex() {
      return true;
    }

    @Override
    public void send(byte[] piece) throws TransportException {
      if (now >= cutAt) {
        throw cut();
      }
      double arrival = up(piece.length);
      lost |= arrival > cutAt;
      if (!lost && !finished) {
        take(begun().take(piece), arrival);
      }
    }

    @Override
    public void finish() throws TransportException {
      if (!finished && !lost) {
        take(begun().end(), upFree + roundTripSeconds / 2);
      }
      finished = true;
    }

    @Override
    public int status() throws TransportException {
      waitFor(headAt);
      return begun().status();
    }

    @Override
    public Optional<String> header(String name) throws TransportException {
      waitFor(headAt);
      return Optional.ofNullable(begun().headers().get(name.toLowerCase(Locale.ROOT)));
    }

    private void waitFor(double moment) throws TransportException {
      if (moment > cutAt) {
        throw cut();
      }
      now = Math.max(now, moment);
    }

    @Override
    public byte @Nullable [] receive() throws TransportException {
      Piece next = answer.poll();
      if (next != null) {
        waitFor(next.at);
        return next.bytes;
      }
      if (lost) {
        throw cut();
      }
      return null;
    }

    @Override
    public void close() {}
  }

  @Override
  public Traffic traffic() {
    return new Traffic(bytesUp, bytesDown, requests);
  }

  @Override
  public void close() {}
}
