package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is reached.
 *
 * @param text scheme, host and port: 1 to {@link Limits#ADDRESS_SIZE_BYTES_MAX} visible ASCII
 *     characters; what it means is the transport's matter
 * @param pinOrNull the SHA-256 of the server's public key as TLS shows it; null where something
 *     else vouches for the server, an onion address for one
 */
public record ServerAddress(String text, @Nullable Digest pinOrNull) {

  /** Refuses a text that is no address. */
  public ServerAddress {
    if (!isAddress(text)) {
      throw new IllegalArgumentException("no server address");
    }
  }

  private static boolean isAddress(String text) {
    if (text.isEmpty() || text.length() > Limits.ADDRESS_SIZE_BYTES_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** The SHA-256 of the server's public key, if the server is known by it. */
  public Optional<Digest> pin() {
    return Optional.ofNullable(pinOrNull);
  }

  /**
   * An address that came from outside.
   *
   * @throws MalformedException if the text is no address
   */
  public static ServerAddress stated(String text, @Nullable Digest pin) throws MalformedException {
    if (!isAddress(text)) {
      throw new MalformedException("no server address");
    }
    return new ServerAddress(text, pin);
  }

  static String readText(CborReader reader) throws MalformedException {
    return reader.text(Limits.ADDRESS_SIZE_BYTES_MAX);
  }
}
