package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InOrderTest {

  private final List<Long> told = new ArrayList<>();
  private final InOrder inOrder = new InOrder(3, outcome -> told.add(outcome.seed()));

  private void play(long seed) {
    inOrder.play(() -> new Outcome(seed, List.of(), Map.of(), "", List.of(), 0));
  }

  @Test
  void worlds_playedInAnyOrder_areToldInTheOrderOfSeeds() {
    play(4);
    play(5);
    play(3);
    play(6);
    assertThat(told).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void world_whoseForerunnerIsNotPlayed_waits() {
    play(4);
    assertThat(told).isEmpty();
  }

  @Test
  void failure_ofTheSimulatorItself_isThrownInTheEnd() {
    inOrder.play(
        () -> {
          throw new IllegalStateException("no such folder");
        });
    assertThatThrownBy(() -> inOrder.await(List.of())).hasMessage("no such folder");
  }
}
