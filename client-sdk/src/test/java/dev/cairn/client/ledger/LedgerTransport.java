package dev.cairn.client.ledger;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The way to a {@link HonestLedger}: no threads, no sockets, cut wherever a test wants. */
public final class LedgerTransport implements Transport {

  private final HonestLedger ledger;
  private final boolean duplex;
  private final List<String> targets = new ArrayList<>();
  private long stepsLeft = Long.MAX_VALUE;
  private long bytesUpLeft = Long.MAX_VALUE;
  private long entriesLeft = Long.MAX_VALUE;
  private double part;
  private boolean dead;
  private long entriesCarried;
  private long bytesLost;
  private long bytesRepeated;
  private int entryBytesMax;
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

  /**
   * Cuts the link for good inside a push.
   *
   * @param whole entries that arrive whole; nobody hears of the last one
   * @param partOfNext how much of the one after arrives too, from 0 to below 1
   */
  public LedgerTransport cutAfterEntries(long whole, double partOfNext) {
    entriesLeft = whole;
    part = partOfNext;
    return this;
  }

  /** Lets so many bytes of requests through, their heads among them, and then cuts the link. */
  public LedgerTransport cutAfterBytesUp(long bytes) {
    bytesUpLeft = bytes;
    return this;
  }

  /** Entries of pushes that arrived whole. */
  public long entriesCarried() {
    return entriesCarried;
  }

  /** Bytes that arrived of an entry that did not arrive whole. */
  public long bytesLost() {
    return bytesLost;
  }

  /** Bytes of entries that arrived although the server held something of them. */
  public long bytesRepeated() {
    return bytesRepeated;
  }

  /** The largest entry that was sent, as far as it was meant to be. */
  public int entryBytesMax() {
    return entryBytesMax;
  }

  /** How many bytes of an entry get through. */
  int carry(int entryBytes) {
    entryBytesMax = Math.max(entryBytesMax, entryBytes);
    int through = (int) Math.min(entryBytes, bytesUpLeft);
    if (entriesLeft == 0) {
      through = Math.min(through, (int) (part * entryBytes));
    }
    if (through < entryBytes) {
      dead = true;
      bytesLost += through;
      return through;
    }
    bytesUpLeft -= through;
    entriesLeft--;
    entriesCarried++;
    dead = entriesLeft == 0 && part == 0;
    return through;
  }

  void repeated(int entryBytes) {
    bytesRepeated += entryBytes;
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
    if (dead || stepsLeft-- <= 0) {
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
    if (headBytes(request) > bytesUpLeft) {
      dead = true;
      step();
    }
    bytesUpLeft -= headBytes(request);
    requests++;
    targets.add(request.method() + " " + request.target());
    return new LedgerExchange(ledger, this, request);
  }

  private static long headBytes(Request request) {
    byte[] body = request.body();
    long bytes = request.target().length();
    bytes += body == null ? 0 : body.length;
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      bytes += header.getKey().length() + header.getValue().length();
    }
    return bytes;
  }

  @Override
  public Traffic traffic() {
    return new Traffic(bytesUp, bytesDown, requests);
  }

  @Override
  public void close() {}
}
