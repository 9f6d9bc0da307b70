package dev.cairn.server.request;

import dev.cairn.server.identity.MacKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;

/**
 * The nonces requests are signed with: a MAC over the number of a window of time. Good for many
 * requests, because every request may be repeated without harm; worthless after the next window, so
 * that a recorded request does not stay valid. Nothing is stored, and only the server's clock
 * counts.
 */
public final class Nonces {

  /** Length of a window. A nonce is good for one to two of them. */
  static final long WINDOW_MILLIS = 10 * 60 * 1000L;

  private static final String LABEL = "cairn/1/nonce";
  private static final int SIZE_BYTES = 16;

  private final MacKey key;
  private final Clock clock;

  /** Under a key of this server, by its clock. */
  public Nonces(MacKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /** The nonce to hand out now. */
  public String fresh() {
    return nonce(window());
  }

  /** Whether a nonce is of this window or the one before. */
  public boolean accepts(String nonce) {
    long window = window();
    byte[] given = nonce.getBytes(StandardCharsets.US_ASCII);
    boolean isOfThis = MessageDigest.isEqual(given, bytes(nonce(window)));
    boolean isOfLast = MessageDigest.isEqual(given, bytes(nonce(window - 1)));
    return isOfThis || isOfLast;
  }

  private long window() {
    return Math.floorDiv(clock.millis(), WINDOW_MILLIS);
  }

  private String nonce(long window) {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(window).array();
    byte[] mac = Arrays.copyOf(key.mac(LABEL, number), SIZE_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
