package dev.cairn.client.sync;

import dev.cairn.client.attachment.Refusals;
import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.space.NewStore;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a device says to a server before it can sync: that a space begins, or that one is lost. */
public final class FirstContact {

  private static final int UNAUTHORIZED = 401;

  /** An id that no space has. */
  private static final SpaceId NOBODY = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);

  private FirstContact() {}

  /** Asks whether anybody answers, so that nothing is begun in vain. */
  public static void knock(Transport transport) throws CairnException {
    try (Exchange exchange =
        transport.open(Request.of("GET", "/v1/spaces/" + NOBODY + "/checkpoint"))) {
      exchange.status();
    }
  }

  /**
   * Founds the space of a store that was just made, if that was not done yet.
   *
   * @throws RefusedException if the server does not want it
   */
  static void found(Holdings holdings, OwnReceipts receipts, Transport transport)
      throws CairnException {
    Optional<Secret> code = holdings.store().read(NewStore::spaceCode);
    if (!code.isPresent()) {
      return;
    }
    List<Statement> first = holdings.book().outbox();
    List<OwnReceipts.Sent> sent = new ArrayList<>();
    first.forEach(statement -> sent.add(OwnReceipts.Sent.of(statement)));
    try (Exchange exchange = transport.open(founding(code.get(), first))) {
      if (exchange.status() / 100 != 2) {
        throw Refusals.of(exchange);
      }
      answered(holdings, receipts, exchange, sent);
    }
    holdings.store().change(Fact.FOUNDING::delete);
  }

  /** What founds a space: a code that is good once, and the first statements of its log there. */
  static Request founding(Secret code, List<Statement> statements) {
    return Request.of("POST", "/v1/spaces")
        .header(
            HttpNames.SPACE_CODE,
            Base64.getUrlEncoder().withoutPadding().encodeToString(code.expose()))
        .body(HttpNames.STREAM, stream(statements));
  }

  /** Statements as they are sent. */
  static byte[] stream(List<Statement> statements) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    EntryWriter writer = new EntryWriter();
    for (Statement statement : statements) {
      byte[] entry =
          writer.write(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty()));
      stream.write(entry, 0, entry.length);
    }
    return stream.toByteArray();
  }

  private static void answered(
      Holdings holdings, OwnReceipts receipts, Exchange exchange, List<OwnReceipts.Sent> sent)
      throws CairnException {
    boolean taken = false;
    for (Entry entry : entries(exchange, holdings.identity().space())) {
      if (entry instanceof Entry.OfReceipt given) {
        receipts.take(Receipt.decode(given.receipt().bytes()), sent, null);
        taken = true;
      }
    }
    if (!taken) {
      throw new MalformedException("the server's answer holds no receipt");
    }
  }

  /** Everything that is answered. */
  static List<Entry> entries(Exchange exchange, SpaceId space) throws CairnException {
    ByteStringStream strings = ByteStringStream.ofEntries();
    EntryReader reader = new EntryReader(space);
    List<Entry> entries = new ArrayList<>();
    byte[] piece = exchange.receive();
    while (piece != null) {
      strings.feed(piece);
      Optional<byte[]> next = strings.next();
      while (next.isPresent()) {
        entries.add(reader.read(next.get()));
        next = strings.next();
      }
      piece = exchange.receive();
    }
    return entries;
  }

  /**
   * Fetches the roster of a space with its recovery key: as much as the server says there is, or
   * none.
   *
   * @throws RefusedException if the server knows no such space or key, or answers without end
   * @throws MalformedException if it does not say where its log goes on
   */
  public static List<Statement> roster(Transport transport, SpaceId space, SigningKey recoveryKey)
      throws CairnException {
    return roster(transport, space, recoveryKey, Limits.ROSTER_PULL_REQUESTS_MAX);
  }

  /** The same in so many requests at most. */
  static List<Statement> roster(
      Transport transport, SpaceId space, SigningKey recoveryKey, int requestsMax)
      throws CairnException {
    List<Statement> statements = new ArrayList<>();
    long from = 0;
    String nonce = "none";
    boolean ended = false;
    for (int tries = 0; !ended && tries < requestsMax; tries++) {
      String target = "/v1/spaces/" + space + "/pull?from=" + from + "&hashes=0";
      RequestSignature signature =
          RequestSignature.sign(recoveryKey, RequestTarget.of("GET", target), nonce);
      Request request =
          Request.of("GET", target)
              .header(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
              .header(HttpNames.SIGNATURE, signature.signatureHeader());
      try (Exchange exchange = transport.open(request)) {
        Optional<String> fresh = exchange.header(HttpNames.NONCE).filter(RequestSignature::isNonce);
        boolean again = exchange.status() == UNAUTHORIZED && !fresh.orElse(nonce).equals(nonce);
        nonce = fresh.orElse(nonce);
        if (again) {
          continue;
        }
        if (exchange.status() / 100 != 2) {
          throw Refusals.of(exchange);
        }
        OptionalLong next = OptionalLong.empty();
        for (Entry entry : entries(exchange, space)) {
          if (entry instanceof Entry.Statement stated) {
            statements.add(Statement.decode(stated.statement().bytes()));
          } else if (entry instanceof Entry.LogState state) {
            next = OptionalLong.of(state.next());
            ended = state.next() >= SignedCheckpoint.claimed(state.checkpoint().bytes()).size();
          }
        }
        if (!next.isPresent() || (!ended && next.getAsLong() <= from)) {
          throw new MalformedException("the server does not say where its log goes on");
        }
        from = next.getAsLong();
      }
    }
    if (!ended) {
      throw new RefusedException("server.excess", "the server answers without end");
    }
    return statements;
  }
}
