package dev.cairn.server.http;

import dev.cairn.protocol.id.AttachmentId;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands in the headers of an upload, as its sender wrote them. */
final class TusHeaders {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final String KEY = "id";

  private TusHeaders() {}

  /** A number of bytes; empty if it is none, or is spelt otherwise than it has to be. */
  static OptionalLong number(@Nullable String header) {
    return header != null && NUMBER.matcher(header).matches()
        ? OptionalLong.of(Long.parseLong(header))
        : OptionalLong.empty();
  }

  /** The attachment that metadata names under {@code id}; empty if it names none. */
  static Optional<AttachmentId> attachment(@Nullable String metadata) {
    String pairs = metadata == null ? "" : metadata;
    for (String pair : pairs.split(",", -1)) {
      String[] parts = pair.trim().split(" ", 2);
      if (parts.length == 2 && parts[0].equals(KEY)) {
        return decoded(parts[1].trim());
      }
    }
    return Optional.empty();
  }

  private static Optional<AttachmentId> decoded(String value) {
    try {
      byte[] id = Base64.getDecoder().decode(value);
      return id.length == AttachmentId.SIZE_BYTES
          ? Optional.of(AttachmentId.of(id))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
