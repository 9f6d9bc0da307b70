package dev.cairn.client.ledger;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import java.util.ArrayList;
import java.util.List;

/** The way to a {@link HonestLedger}: no threads, no sockets, cut wherever a test wants. */
public final class LedgerTransport implements Transport {

  private final HonestLedger ledger;
  private final boolean duplex;
  private final List<String> targets = new ArrayList<>();
  private long stepsLeft = Long.MAX_VALUE;
  private long bytesUp;
  private long bytesDown;
  private long requests;

  /**
   * A way to a server.
   *
   * @param duplex whether answers can be read while sending
   */
  public LedgerTransport(HonestLedger ledger, boolean duplex) {
    this.ledger = ledger;
    this.duplex = duplex;
  }

  /** A way on which answers can be read while sending. */
  public static LedgerTransport to(HonestLedger ledger) {
    return new LedgerTransport(ledger, true);
  }

  /** Lets so many pieces through, in either direction, and then cuts the link. */
  public LedgerTransport cutAfter(long steps) {
    stepsLeft = steps;
    return this;
  }

  /** What was asked so far: method and target. */
  public List<String> targets() {
    return targets;
  }

  /** How many steps are left before the cut. */
  public long stepsLeft() {
    return stepsLeft;
  }

  void step() throws TransportException {
    if (stepsLeft-- <= 0) {
      throw new TransportException(
          TransportException.Reason.UNREACHABLE, "cut", new java.io.IOException("cut"));
    }
  }

  boolean duplex() {
    return duplex;
  }

  void up(long bytes) {
    bytesUp += bytes;
  }

  void down(long bytes) {
    bytesDown += bytes;
  }

  @Override
  public Exchange open(Request request) throws TransportException {
    step();
    requests++;
    targets.add(request.method() + " " + request.target());
    return new LedgerExchange(ledger, this, request);
  }

  @Override
  public Traffic traffic() {
    return new Traffic(bytesUp, bytesDown, requests);
  }

  @Override
  public void close() {}
}
