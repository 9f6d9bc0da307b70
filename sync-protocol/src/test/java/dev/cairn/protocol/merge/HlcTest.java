package dev.cairn.protocol.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.limits.Limits;
import org.junit.jupiter.api.Test;

class HlcTest {

  private static final long NOW = 1_700_000_000_000L;

  @Test
  void clock_ofItsParts_givesThemBack() {
    long clock = Hlc.of(NOW, 7);

    assertThat(clock).isEqualTo(NOW * 65_536 + 7);
    assertThat(Hlc.millis(clock)).isEqualTo(NOW);
    assertThat(Hlc.counter(clock)).isEqualTo(7);
  }

  @Test
  void now_whenTimeMovedOn_isTheTime() {
    assertThat(Hlc.now(Hlc.of(NOW, 9), NOW + 1)).isEqualTo(Hlc.of(NOW + 1, 0));
  }

  @Test
  void now_withinAMillisecond_countsUp() {
    assertThat(Hlc.now(Hlc.of(NOW, 9), NOW)).isEqualTo(Hlc.of(NOW, 10));
  }

  @Test
  void now_whenTimeWentBack_countsUp() {
    assertThat(Hlc.now(Hlc.of(NOW, 9), NOW - 1000)).isEqualTo(Hlc.of(NOW, 10));
  }

  @Test
  void now_withTheCounterFull_runsOverIntoTheMilliseconds() {
    assertThat(Hlc.now(Hlc.of(NOW, 65_535), NOW)).isEqualTo(Hlc.of(NOW + 1, 0));
  }

  @Test
  void now_afterTheLastClock_isRefused() {
    assertThat(Hlc.now(Hlc.MAX - 1, 0)).isEqualTo(Hlc.MAX);
    assertThatThrownBy(() -> Hlc.now(Hlc.MAX, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void now_onDeviceTimesNoClockCanTell_takesTheNearest() {
    assertThat(Hlc.now(0, -5)).isEqualTo(1);
    assertThat(Hlc.millis(Hlc.now(0, Long.MAX_VALUE))).isEqualTo(Hlc.MILLIS_MAX);
  }

  @Test
  void observe_ofALaterClock_followsIt() {
    long remote = Hlc.of(NOW + 60_000, 3);

    assertThat(Hlc.observe(Hlc.of(NOW, 0), remote, NOW)).isEqualTo(remote);
  }

  @Test
  void observe_ofAnEarlierClock_keepsItsOwn() {
    long own = Hlc.of(NOW, 5);

    assertThat(Hlc.observe(own, Hlc.of(NOW, 4), NOW)).isEqualTo(own);
  }

  @Test
  void observe_onBothSidesOfADayAhead_followsAndDoesNot() {
    long own = Hlc.of(NOW, 0);
    long atMost = Hlc.of(NOW + Limits.CLOCK_AHEAD_MILLIS_MAX, 65_535);

    assertThat(Hlc.observe(own, atMost, NOW)).isEqualTo(atMost);
    assertThat(Hlc.observe(own, atMost + 1, NOW)).isEqualTo(own);
    assertThat(Hlc.observe(own, Hlc.MAX, NOW)).isEqualTo(own);
  }

  @Test
  void skew_isDeviceTimeMinusClockTime() {
    assertThat(Hlc.skew(Hlc.of(NOW, 3), NOW - 20)).isEqualTo(-20);
  }

  @Test
  void parts_outOfRange_areRefused() {
    assertThatThrownBy(() -> Hlc.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hlc.of(0, 65_536)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hlc.of(Hlc.MILLIS_MAX + 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
