package dev.cairn.client.attachment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.http.HttpNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the stable code out of a problem document (RFC 9457); trusts nothing else in it. */
public final class Refusals {

  private static final int SIZE_BYTES_MAX = 16 * 1024;

  /** The code of an answer that has none of ours, before its status. */
  private static final String STATUS = "server.status-";

  private static final JsonFactory JSON = new JsonFactory();

  private static final Set<String> PASSING =
      Set.of(
          "request.too-many",
          "request.too-slow",
          "upload.busy",
          "upload.offset",
          "upload.stalled",
          "server.busy",
          "server.closing",
          "server.failed");

  private Refusals() {}

  /** Whether waiting may help whom a server refuses something with this code. */
  public static boolean passes(String code) {
    return PASSING.contains(code) || code.startsWith("store.") || code.startsWith(STATUS + "5");
  }

  /**
   * Whether a server of ours refused it and waiting does not help. A status without a code may come
   * from anything that stands before the server, and says nothing of it.
   */
  public static boolean isForGood(String code) {
    return !passes(code) && !code.startsWith(STATUS);
  }

  /** What a server that answered with an error status means by it. */
  public static RefusedException of(Exchange exchange) throws TransportException {
    int status = exchange.status();
    String code = code(body(exchange));
    return new RefusedException(code == null ? STATUS + status : code, "the server refused it");
  }

  private static byte[] body(Exchange exchange) throws TransportException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = exchange.receive();
    while (piece != null && body.size() < SIZE_BYTES_MAX) {
      body.write(piece, 0, piece.length);
      piece = exchange.receive();
    }
    return body.toByteArray();
  }

  private static @Nullable String code(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean type = "type".equals(parser.currentName());
        JsonToken value = parser.nextToken();
        if (type && value == JsonToken.VALUE_STRING) {
          return plain(parser.getText());
        }
        parser.skipChildren();
      }
      return null;
    } catch (IOException e) {
      return null;
    }
  }

  /** The code of one of our types, if it looks like a code. */
  private static @Nullable String plain(String type) {
    if (!type.startsWith(HttpNames.ERROR_PREFIX)) {
      return null;
    }
    String code = type.substring(HttpNames.ERROR_PREFIX.length());
    return code.matches("[a-z0-9.-]{1,64}") ? code : null;
  }
}
