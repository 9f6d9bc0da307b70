package dev.cairn.protocol.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadmeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 64",
    "1, 64",
    "63, 64",
    "64, 64",
    "65, 72",
    "72, 72",
    "73, 80",
    "100, 104",
    "127, 128",
    "129, 144",
    "200, 208",
    "255, 256",
    "257, 272",
    "1000, 1024",
    "1025, 1088",
    "4097, 4352",
    "16384, 16384",
    "65537, 67584",
    "1000000, 1015808",
    "1048577, 1081344",
    "4294967295, 4294967296",
    "4294967296, 4294967296",
    "4294967297, 4362076160",
  })
  void length_known_isAsComputedByHand(long size, long padded) {
    assertThat(Padme.length(size)).isEqualTo(padded);
  }

  @Test
  void length_growingSize_neverShrinks() {
    long before = 0;
    for (long size = 0; size <= 200_000; size++) {
      long padded = Padme.length(size);
      assertThat(padded).isGreaterThanOrEqualTo(Math.max(size, before));
      before = padded;
    }
  }

  @Test
  void length_aboveTheFloor_costsAtMostTwelvePercent() {
    for (long size = Padme.FLOOR_BYTES; size <= 200_000; size++) {
      assertThat(100 * (Padme.length(size) - size)).isLessThanOrEqualTo(12 * size);
    }
  }

  @Test
  void length_aboveOneMebibyte_costsAtMostSixPercent() {
    for (int exponent = 20; exponent <= 61; exponent++) {
      long size = (1L << exponent) + 1;
      assertThat(Padme.length(size) - size).isLessThanOrEqualTo(size / 100 * 6);
    }
  }

  @Test
  void length_ofItsOwnResult_staysTheSame() {
    for (long size = 0; size <= 100_000; size += 7) {
      assertThat(Padme.length(Padme.length(size))).isEqualTo(Padme.length(size));
    }
  }

  @Test
  void length_allSizesToSixtyFourKibibytes_giveFewLengths() {
    Set<Long> lengths = new HashSet<>();
    for (long size = 0; size <= 65_536; size++) {
      lengths.add(Padme.length(size));
    }
    assertThat(lengths).hasSizeLessThan(150);
  }

  @Test
  void length_outOfBounds_isRefused() {
    assertThat(Padme.length(1L << 62)).isEqualTo(1L << 62);
    assertThatThrownBy(() -> Padme.length((1L << 62) + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Padme.length(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
