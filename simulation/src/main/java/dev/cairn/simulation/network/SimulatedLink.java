package dev.cairn.simulation.network;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.server.Answering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/**
 * A way from one device to a server: no threads, no sockets, cut at any byte of either direction.
 */
public final class SimulatedLink implements Transport {

  private final Function<Request, Answering> server;
  private final Runnable serverDied;
  private final LinkPlan plan;
  private final Tap tap;
  private long upLeft;
  private long downLeft;
  private long bytesUp;
  private long bytesDown;
  private long requests;
  private boolean cut;

  /**
   * A link.
   *
   * @param server who answers at its other end
   * @param serverDied is told when the server's machine died of a request
   */
  public SimulatedLink(
      Function<Request, Answering> server, Runnable serverDied, LinkPlan plan, Tap tap) {
    this.server = server;
    this.serverDied = serverDied;
    this.plan = plan;
    this.tap = tap;
    this.upLeft = plan.upBytesMax();
    this.downLeft = plan.downBytesMax();
  }

  /** Whether it was cut. */
  public boolean isCut() {
    return cut;
  }

  @Override
  public Exchange open(Request request) throws TransportException {
    requireWhole();
    byte[] head = head(request);
    byte[] body = request.body();
    requests++;
    if (requests > plan.requestsMax() || up(head) < head.length) {
      throw cutHere();
    }
    if (body != null && up(body) < body.length) {
      throw cutHere();
    }
    return new SimulatedExchange(this, request);
  }

  private static byte[] head(Request request) {
    StringBuilder head = new StringBuilder(request.method()).append(' ').append(request.target());
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      head.append('\n').append(header.getKey()).append(": ").append(header.getValue());
    }
    return head.append("\n\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** How it behaves. */
  public LinkPlan plan() {
    return plan;
  }

  Tap tap() {
    return tap;
  }

  /** Lets the server work; when it dies of that, the link is cut. */
  <T> T served(Function<Function<Request, Answering>, T> work) throws TransportException {
    try {
      return work.apply(server);
    } catch (Crash crash) {
      serverDied.run();
      throw cutHere();
    }
  }

  /** How many of these bytes reach the server. */
  int up(byte[] bytes) {
    int through = (int) Math.min(bytes.length, upLeft);
    upLeft -= through;
    bytesUp += through;
    if (through > 0) {
      tap.up(through == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, through));
    }
    return through;
  }

  /** How many of so many bytes reach the device. */
  int down(int count) {
    int through = (int) Math.min(count, downLeft);
    downLeft -= through;
    bytesDown += through;
    return through;
  }

  void requireWhole() throws TransportException {
    if (cut) {
      throw cutHere();
    }
  }

  TransportException cutHere() {
    cut = true;
    return new TransportException(
        TransportException.Reason.UNREACHABLE, "the link is cut", new IOException("cut"));
  }

  @Override
  public Traffic traffic() {
    return new Traffic(bytesUp, bytesDown, requests);
  }

  @Override
  public void close() {}
}
