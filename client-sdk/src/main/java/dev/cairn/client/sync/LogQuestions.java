package dev.cairn.client.sync;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small questions to a server about its log. */
final class LogQuestions {

  private static final int ANSWER_BYTES_MAX = 16 * 1024;

  private final ServerLink link;
  private final SpaceId space;

  LogQuestions(ServerLink link, SpaceId space) {
    this.link = link;
    this.space = space;
  }

  /**
   * The proof that a tree continues a smaller one; empty if the server does not answer that.
   *
   * @param from leaves of the smaller tree
   * @param size leaves of the larger one
   */
  Optional<List<Digest>> consistency(long from, long size) throws CairnException {
    String target = "/v1/spaces/" + space + "/proof?size=" + size + "&from=" + from;
    try (Exchange exchange = link.accepted(Request.of("GET", target))) {
      return Optional.of(hashes(body(exchange, ANSWER_BYTES_MAX)));
    } catch (RefusedException refused) {
      return Optional.empty();
    }
  }

  /** The newest checkpoint, of which nothing is proven yet; empty if the server shows none. */
  Optional<byte[]> checkpoint() throws CairnException {
    String target = "/v1/spaces/" + space + "/checkpoint";
    try (Exchange exchange = link.accepted(Request.of("GET", target))) {
      return Optional.of(body(exchange, Limits.NOTE_SIZE_BYTES_MAX));
    } catch (RefusedException refused) {
      return Optional.empty();
    }
  }

  /** What the server says of its log. */
  LogAccount account() throws CairnException {
    try (Exchange exchange = link.accepted(Request.of("GET", "/v1/spaces/" + space + "/log"))) {
      return LogAccount.decode(body(exchange, Limits.ACCOUNT_BYTES_MAX));
    }
  }

  /**
   * Hands in a piece of what a restored server lacks.
   *
   * @return what it lacks then
   */
  LogAccount refill(byte[] entries) throws CairnException {
    Request request =
        Request.of("POST", "/v1/spaces/" + space + "/refill").body(HttpNames.STREAM, entries);
    try (Exchange exchange = link.accepted(request)) {
      return LogAccount.decode(body(exchange, Limits.ACCOUNT_BYTES_MAX));
    }
  }

  private static byte[] body(Exchange exchange, int sizeBytesMax) throws CairnException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = exchange.receive();
    while (piece != null) {
      body.write(piece, 0, piece.length);
      if (body.size() > sizeBytesMax) {
        throw new RefusedException("server.excess", "the server answers without end");
      }
      piece = exchange.receive();
    }
    return body.toByteArray();
  }

  private static List<Digest> hashes(byte[] body) throws MalformedException {
    CborReader reader = CborReader.of(body);
    int count = reader.arrayHeader(Limits.CONSISTENCY_HASHES_MAX);
    List<Digest> hashes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(Digest.of(reader.bytesExactly(Digest.SIZE_BYTES)));
    }
    reader.end();
    return hashes;
  }
}
