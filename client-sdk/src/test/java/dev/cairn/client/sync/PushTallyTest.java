package dev.cairn.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PushTallyTest {

  private final PushTally tally = new PushTally(SyncListener.NONE, 0);

  @Test
  void refusals_afterAFullServer_areNotHeldAgainstWhatFollowed() {
    tally.refusal("store.full");
    tally.refusal("feed.gap");
    assertThat(tally.refused()).containsExactly("store.full");
    assertThat(tally.notNow()).isTrue();
  }

  @Test
  void refusals_thatStay_areAllTold() {
    tally.refusal("frame.signature");
    tally.refusal("feed.gap");
    assertThat(tally.refused()).containsExactly("frame.signature", "feed.gap");
    assertThat(tally.notNow()).isFalse();
  }
}
