package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.server.limits.ServerLimits;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void body_withTheLeast_keepsUp() {
    pace.arrived(ServerLimits.BODY_BYTES_MIN);
    assertThat(pace.keptUp()).isTrue();
  }

  @Test
  void body_withOneByteLess_isSlow() {
    pace.arrived(ServerLimits.BODY_BYTES_MIN - 1);
    assertThat(pace.keptUp()).isFalse();
  }

  @Test
  void body_fastOnce_isSlowInTheNextSpan() {
    pace.arrived(1_000_000);
    pace.keptUp();
    assertThat(pace.keptUp()).isFalse();
  }

  @Test
  void sender_heldBackForAWhile_isNotSlow() {
    pace.held(true);
    pace.held(false);
    assertThat(pace.keptUp()).isTrue();
    assertThat(pace.keptUp()).isFalse();
  }

  @Test
  void sender_heldBackOverSpans_isNotSlow() {
    pace.held(true);
    pace.keptUp();
    assertThat(pace.keptUp()).isTrue();
  }
}
