package dev.cairn.client.sync;

import dev.cairn.client.attachment.Refusals;
import dev.cairn.client.attachment.SignedRequests;
import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.http.ContentDigest;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Requests in this device's name: signed (RFC 9421) over method, target, the server's nonce and,
 * where there is a whole body, its digest. A stale nonce costs one request more, never an error.
 */
final class ServerLink implements SignedRequests {

  private static final int UNAUTHORIZED = 401;
  private static final String NO_NONCE = "none";

  private final Transport transport;
  private final Holdings holdings;
  private final SigningKey key;
  private String nonce;

  private ServerLink(Transport transport, Holdings holdings, SigningKey key, String nonce) {
    this.transport = transport;
    this.holdings = holdings;
    this.key = key;
    this.nonce = nonce;
  }

  static ServerLink of(Transport transport, Holdings holdings) throws CairnException {
    String nonce =
        holdings
            .store()
            .read(
                rows -> {
                  byte[] kept = Fact.NONCE.get(rows);
                  String last =
                      kept == null ? NO_NONCE : new String(kept, StandardCharsets.US_ASCII);
                  return RequestSignature.isNonce(last) ? last : NO_NONCE;
                });
    return new ServerLink(transport, holdings, holdings.identity().signingKey(), nonce);
  }

  @Override
  public Exchange send(Request request) throws CairnException {
    Exchange exchange = transport.open(signed(request));
    if (!renewed(exchange) || exchange.status() != UNAUTHORIZED) {
      return exchange;
    }
    exchange.close();
    Exchange second = transport.open(signed(request));
    renewed(second);
    return second;
  }

  /**
   * Opens a request whose body is streamed. Where it is {@linkplain Exchange#duplex duplex} the
   * head of the answer is there and the nonce was good; else the caller finishes it, and asks
   * {@link #renewed} about an answer of status 401.
   */
  Exchange stream(Request request) throws CairnException {
    Exchange exchange = transport.open(signed(request));
    if (!exchange.duplex() || !renewed(exchange) || exchange.status() != UNAUTHORIZED) {
      return exchange;
    }
    exchange.close();
    return transport.open(signed(request));
  }

  /** As {@link #send}, where any status but success is a refusal. */
  Exchange accepted(Request request) throws CairnException {
    Exchange exchange = send(request);
    int status = exchange.status();
    if (status >= 200 && status < 300) {
      return exchange;
    }
    try (Exchange refused = exchange) {
      throw Refusals.of(refused);
    }
  }

  private Request signed(Request request) {
    RequestTarget target = RequestTarget.of(request.method(), request.target());
    byte[] body = request.body();
    Request prepared = request;
    RequestSignature signature;
    if (body == null) {
      signature = RequestSignature.sign(key, target, nonce);
    } else {
      String digest = ContentDigest.of(body);
      signature = RequestSignature.sign(key, target, nonce, digest);
      prepared = prepared.header(HttpNames.CONTENT_DIGEST, digest);
    }
    return prepared
        .header(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
        .header(HttpNames.SIGNATURE, signature.signatureHeader());
  }

  /** Takes the nonce of an answer; returns whether it is new, so that asking again may help. */
  boolean renewed(Exchange exchange) throws CairnException {
    Optional<String> offered = exchange.header(HttpNames.NONCE);
    if (!offered.isPresent()
        || offered.get().equals(nonce)
        || !RequestSignature.isNonce(offered.get())) {
      return false;
    }
    nonce = offered.get();
    holdings
        .store()
        .change(rows -> Fact.NONCE.put(rows, nonce.getBytes(StandardCharsets.US_ASCII)));
    return true;
  }
}
