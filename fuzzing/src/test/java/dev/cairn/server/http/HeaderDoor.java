package dev.cairn.server.http;

import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.server.identity.MacKey;
import dev.cairn.server.request.Nonces;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** Lets targets at what a server makes of headers. */
public final class HeaderDoor {

  private static final Nonces NONCES = new Nonces(MacKey.of(new byte[32]), Clock.systemUTC());

  private HeaderDoor() {}

  /** Where a range begins and ends. */
  public static Optional<long[]> range(String header, long sizeBytes) {
    return ByteRange.parse(header, sizeBytes).map(range -> new long[] {range.from(), range.to()});
  }

  /** How many bytes a header says. */
  public static OptionalLong number(String header) {
    return TusHeaders.number(header);
  }

  /** Which attachment is to be sent. */
  public static Optional<AttachmentId> attachment(String metadata) {
    return TusHeaders.attachment(metadata);
  }

  /** Whether a nonce is fresh. */
  public static boolean accepts(String nonce) {
    return NONCES.accepts(nonce);
  }
}
