package dev.cairn.server.http;

import dev.cairn.server.identity.MacKey;
import dev.cairn.server.request.Nonces;
import java.time.Clock;
import java.util.Optional;

/** Lets targets at what a server makes of headers. */
public final class HeaderDoor {

  private static final Nonces NONCES = new Nonces(MacKey.of(new byte[32]), Clock.systemUTC());

  private HeaderDoor() {}

  /** Where a range begins and ends. */
  public static Optional<long[]> range(String header, long sizeBytes) {
    return ByteRange.parse(header, sizeBytes).map(range -> new long[] {range.from(), range.to()});
  }

  /** Whether a nonce is fresh. */
  public static boolean accepts(String nonce) {
    return NONCES.accepts(nonce);
  }
}
