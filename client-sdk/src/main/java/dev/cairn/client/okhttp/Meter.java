package dev.cairn.client.okhttp;

import dev.cairn.client.transport.Traffic;
import okhttp3.Headers;

/** Counts what goes over the wire, as text. */
final class Meter {

  private static final int LINE_BYTES = 4; // ": " and CR LF

  private long bytesUp;
  private long bytesDown;
  private long requests;

  void requested(String method, String target, Headers headers) {
    requests++;
    bytesUp += method.length() + target.length() + "  HTTP/1.1\r\n".length() + size(headers);
  }

  void answered(Headers headers) {
    bytesDown += "HTTP/1.1 200 OK\r\n".length() + size(headers);
  }

  void up(long bytes) {
    bytesUp += bytes;
  }

  void down(long bytes) {
    bytesDown += bytes;
  }

  Traffic traffic() {
    return new Traffic(bytesUp, bytesDown, requests);
  }

  private static long size(Headers headers) {
    long size = 2;
    for (int i = 0; i < headers.size(); i++) {
      size += headers.name(i).length() + headers.value(i).length() + LINE_BYTES;
    }
    return size;
  }
}
