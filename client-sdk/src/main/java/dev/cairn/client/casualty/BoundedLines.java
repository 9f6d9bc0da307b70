package dev.cairn.client.casualty;

import dev.cairn.protocol.limits.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts a stream into lines, of which none is held beyond the limit however long it goes on. */
final class BoundedLines {

  private static final int CHUNK_BYTES = 16 * 1024;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int at;
  private int end;
  private byte[] line = new byte[CHUNK_BYTES];
  private int length;
  private boolean overLimit;
  private int number;

  BoundedLines(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; false when there is none. */
  boolean next() throws IOException {
    length = 0;
    overLimit = false;
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      int from = at;
      while (at < end && chunk[at] != '\n') {
        at++;
      }
      take(from, at);
      if (at < end) {
        at++;
        break;
      }
    }
    number += any ? 1 : 0;
    return any;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(chunk));
    return end > 0;
  }

  private void take(int from, int to) {
    int count = to - from;
    if (overLimit || count > Limits.CASUALTY_LINE_SIZE_BYTES_MAX - length) {
      overLimit = true;
      return;
    }
    if (count > line.length - length) {
      line = java.util.Arrays.copyOf(line, Math.max(2 * line.length, length + count));
    }
    System.arraycopy(chunk, from, line, length, count);
    length += count;
  }

  /** Of this line, from 1, blank lines counted. */
  int number() {
    return number;
  }

  /** Whether this line is longer than the limit; its bytes are gone. */
  boolean overLimit() {
    return overLimit;
  }

  /** Whether this line holds nothing but white space, or a byte order mark. */
  boolean blank() {
    for (int i = start(); i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return !overLimit;
  }

  /** The line as JSON. */
  Json json() throws CasualtyException {
    if (overLimit) {
      throw IncidentReading.overLimit(
          "", "a line longer than " + Limits.CASUALTY_LINE_SIZE_BYTES_MAX + " bytes");
    }
    return JsonReading.read(line, start(), length - start());
  }

  /** Windows programs begin files, and files that were joined have more beginnings, with a mark. */
  private int start() {
    boolean mark =
        length >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf;
    return mark ? 3 : 0;
  }

  /** The rest of the stream as one line; for a document that is no JSON Lines. */
  static Optional<BoundedLines> whole(InputStream in) throws IOException {
    BoundedLines document = new BoundedLines(in);
    while (document.at < document.end || document.fill()) {
      document.take(document.at, document.end);
      document.at = document.end;
    }
    return document.length == 0 && !document.overLimit ? Optional.empty() : Optional.of(document);
  }
}
