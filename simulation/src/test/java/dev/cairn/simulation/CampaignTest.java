package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CampaignTest {

  private static final Scope SHORT = new Scope(3, Set.of(1));

  private static List<Outcome> played(int threads, boolean ended) {
    List<Outcome> outcomes = new ArrayList<>();
    try (Folders folders = Folders.open()) {
      new Campaign(folders, threads).play(8, 9, SHORT, () -> ended, outcomes::add);
    }
    return outcomes;
  }

  @Test
  void worlds_playedAtOnce_comeToTheSameAsAlone() {
    List<Outcome> together = played(2, false);
    assertThat(together).extracting(Outcome::seed).containsExactly(8L, 9L);
    assertThat(played(1, false)).isEqualTo(together);
  }

  @Test
  void campaign_withNoTimeLeft_beginsNoWorld() {
    assertThat(played(1, true)).isEmpty();
  }
}
