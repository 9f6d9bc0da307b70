package dev.cairn.benchmarks.workload;

import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The client side of a measurement of the server: sends what is ready and counts what is proven. A
 * request is signed once and sent again, which the protocol allows while its nonce is good. For one
 * thread at a time.
 */
public final class PlainClient implements AutoCloseable {

  private static final int UNAUTHORIZED = 401;
  private static final int PIECE_BYTES = 64 * 1024;

  private final SpaceId space;
  private final SigningKey key;
  private final Transport transport;
  private Optional<String> nonce = Optional.empty();
  private Optional<Request> signed = Optional.empty();
  private String signedTarget = "";

  /** A client of a server over TLS. */
  public PlainClient(SpaceId space, SigningKey key, ServerAddress server) {
    this(space, key, OkHttpTransport.to(server.text(), server.pin().map(Digest::bytes)));
  }

  /** A client over any transport, which it closes. */
  public PlainClient(SpaceId space, SigningKey key, Transport transport) {
    this.space = space;
    this.key = key;
    this.transport = transport;
  }

  /** The receipts that a push was answered with. */
  public record Answer(List<Receipt> receipts, long proven) {}

  /**
   * Sends a push and waits for the receipt of each change.
   *
   * @throws IllegalStateException if one was refused, or has no receipt
   */
  public Answer push(Push push) throws CairnException {
    try (Exchange exchange = opened("POST", "push")) {
      if (exchange.duplex()) {
        require(exchange);
      }
      send(exchange, push.entries());
      exchange.finish();
      require(exchange);
      return receipts(exchange, push.leaves().size());
    }
  }

  /** As much at a time as a socket takes, and not each entry in a packet of its own. */
  private static void send(Exchange exchange, List<byte[]> entries) throws CairnException {
    ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE_BYTES);
    for (byte[] entry : entries) {
      if (piece.size() > 0 && piece.size() + entry.length > PIECE_BYTES) {
        exchange.send(piece.toByteArray());
        piece.reset();
      }
      piece.writeBytes(entry);
    }
    if (piece.size() > 0) {
      exchange.send(piece.toByteArray());
    }
  }

  private static void require(Exchange exchange) throws CairnException {
    if (exchange.status() / 100 != 2) {
      throw new IllegalStateException("the server answered with " + exchange.status());
    }
  }

  private Answer receipts(Exchange exchange, long expected) throws CairnException {
    EntryReader reader = new EntryReader(space);
    ByteStringStream strings = ByteStringStream.ofEntries();
    List<Receipt> receipts = new ArrayList<>();
    long proven = 0;
    for (byte[] piece = exchange.receive(); piece != null; piece = exchange.receive()) {
      strings.feed(piece);
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        Entry entry = reader.read(next.get());
        if (entry instanceof Entry.OfReceipt given) {
          Receipt receipt = Receipt.decode(given.receipt().bytes());
          receipts.add(receipt);
          proven += receipt.proof().count();
        } else if (entry instanceof Entry.Refusal refusal) {
          throw new IllegalStateException("refused: " + refusal.code());
        }
      }
    }
    if (proven != expected) {
      throw new IllegalStateException(proven + " of " + expected + " have a receipt");
    }
    return new Answer(receipts, proven);
  }

  /** What a pull brought: entries, bytes, and where the next begins. */
  public record Pulled(long entries, long bytes, long next) {}

  /** Fetches from a position on and only counts what comes. */
  public Pulled pull(long from) throws CairnException {
    try (Exchange exchange = opened("GET", "pull?from=" + from + "&hashes=1")) {
      require(exchange);
      ByteStringStream strings = ByteStringStream.ofEntries();
      long entries = 0;
      long bytes = 0;
      byte[] last = new byte[0];
      for (byte[] piece = exchange.receive(); piece != null; piece = exchange.receive()) {
        bytes += piece.length;
        strings.feed(piece);
        for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
          entries++;
          last = next.get();
        }
      }
      if (new EntryReader(space).read(last) instanceof Entry.LogState state) {
        return new Pulled(entries, bytes, state.next());
      }
      throw new IllegalStateException("the answer to a pull does not end with the log's state");
    }
  }

  private Exchange opened(String method, String tail) throws CairnException {
    String target = "/v1/spaces/" + space + "/" + tail;
    Exchange first = transport.open(request(method, target));
    Optional<String> offered = first.header(HttpNames.NONCE);
    if (offered.isPresent() && !offered.equals(nonce)) {
      nonce = offered;
      signed = Optional.empty();
    }
    if (first.status() != UNAUTHORIZED) {
      return first;
    }
    first.close();
    return transport.open(request(method, target));
  }

  private Request request(String method, String target) {
    if (signed.isPresent() && signedTarget.equals(method + target)) {
      return signed.get();
    }
    RequestSignature signature =
        RequestSignature.sign(key, RequestTarget.of(method, target), nonce.orElse("none"));
    Request request = Request.of(method, target);
    if (method.equals("POST")) {
      request = request.streamed(HttpNames.STREAM);
    }
    request =
        request
            .header(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
            .header(HttpNames.SIGNATURE, signature.signatureHeader());
    signed = Optional.of(request);
    signedTarget = method + target;
    return request;
  }

  @Override
  public void close() {
    transport.close();
  }
}
