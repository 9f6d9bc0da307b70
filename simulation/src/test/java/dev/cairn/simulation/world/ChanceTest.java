package dev.cairn.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ChanceTest {

  @Test
  void step_leftOut_changesNoOther() {
    Chance all = new Chance(5);
    Chance without = new Chance(5);
    all.step(0);
    all.below(1000);
    all.step(1);
    without.step(1);
    assertThat(without.bytes(16)).isEqualTo(all.bytes(16));
  }

  @Test
  void steps_haveChanceOfTheirOwn() {
    Chance chance = new Chance(5);
    chance.step(0);
    byte[] first = chance.bytes(16);
    chance.step(1);
    assertThat(chance.bytes(16)).isNotEqualTo(first);
  }

  @Test
  void seeds_haveChanceOfTheirOwn() {
    assertThat(new Chance(5).bytes(16)).isNotEqualTo(new Chance(6).bytes(16));
  }
}
