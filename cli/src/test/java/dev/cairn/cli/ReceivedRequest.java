package dev.cairn.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as a server received it over HTTP/1.1 (RFC 9112).
 *
 * @param headers by their names in small letters
 */
record ReceivedRequest(String method, String target, Map<String, String> headers, List<Byte> body) {

  /** Every request of a connection, the last of them perhaps cut. */
  static List<ReceivedRequest> all(byte[] connection) {
    List<ReceivedRequest> requests = new ArrayList<>();
    Cursor cursor = new Cursor(connection);
    while (cursor.at < connection.length) {
      requests.add(read(cursor));
    }
    return requests;
  }

  private static ReceivedRequest read(Cursor cursor) {
    String[] first = cursor.line().split(" ", -1);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = cursor.line(); !line.isEmpty(); line = cursor.line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    byte[] body =
        "chunked".equals(headers.get("transfer-encoding"))
            ? cursor.chunks()
            : cursor.bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    List<Byte> bytes = new ArrayList<>(body.length);
    for (byte each : body) {
      bytes.add(each);
    }
    return new ReceivedRequest(first[0], first[1], headers, bytes);
  }

  byte[] bodyBytes() {
    byte[] bytes = new byte[body.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = body.get(i);
    }
    return bytes;
  }

  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    String line() {
      int end = at;
      while (end < bytes.length && bytes[end] != '\r') {
        end++;
      }
      String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
      at = Math.min(bytes.length, end + 2);
      return line;
    }

    byte[] bytes(int count) {
      int taken = Math.min(count, bytes.length - at);
      byte[] piece = new byte[taken];
      System.arraycopy(bytes, at, piece, 0, taken);
      at += taken;
      return piece;
    }

    byte[] chunks() {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      int size = -1;
      while (size != 0 && at < bytes.length) {
        size = Integer.parseInt(line().trim(), 16);
        body.writeBytes(bytes(size));
        line();
      }
      return body.toByteArray();
    }
  }
}
