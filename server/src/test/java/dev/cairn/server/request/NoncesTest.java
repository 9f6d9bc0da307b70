package dev.cairn.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.server.identity.MacKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class NoncesTest {

  private static Nonces at(long millis, byte[] key) {
    return new Nonces(MacKey.of(key), Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
  }

  @Test
  void accepts_lastMomentOfNextWindow_true() {
    String nonce = at(0, new byte[32]).fresh();
    assertThat(at(2 * Nonces.WINDOW_MILLIS - 1, new byte[32]).accepts(nonce)).isTrue();
  }

  @Test
  void accepts_firstMomentAfterNextWindow_false() {
    String nonce = at(0, new byte[32]).fresh();
    assertThat(at(2 * Nonces.WINDOW_MILLIS, new byte[32]).accepts(nonce)).isFalse();
  }

  @Test
  void accepts_nonceOfTheFuture_false() {
    String nonce = at(Nonces.WINDOW_MILLIS, new byte[32]).fresh();
    assertThat(at(0, new byte[32]).accepts(nonce)).isFalse();
  }

  @Test
  void accepts_nonceOfOtherServer_false() {
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(at(0, new byte[32]).accepts(at(0, other).fresh())).isFalse();
  }
}
