package dev.cairn.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of a file (RFC 9110 section 14). A header with several ranges, or of another unit, is
 * passed over, as that section allows: then the whole file is sent.
 *
 * @param from the first byte
 * @param to the byte after the last
 */
record ByteRange(long from, long to) {

  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** Whether no byte of the file is in it. */
  boolean isNowhere() {
    return from >= to;
  }

  /** The range a header asks for; empty if the whole file is to be sent. */
  static Optional<ByteRange> parse(@Nullable String header, long sizeBytes) {
    Matcher one = header == null ? null : ONE.matcher(header);
    if (one == null || !one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (one.group(1).isEmpty()) {
      long last = Long.parseLong(one.group(2));
      return Optional.of(new ByteRange(Math.max(0, sizeBytes - last), sizeBytes));
    }
    long from = Long.parseLong(one.group(1));
    if (one.group(2).isEmpty()) {
      return Optional.of(new ByteRange(from, sizeBytes));
    }
    long last = Long.parseLong(one.group(2));
    return last < from
        ? Optional.empty()
        : Optional.of(new ByteRange(from, Math.min(last + 1, sizeBytes)));
  }
}
