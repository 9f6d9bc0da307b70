package dev.cairn.protocol.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytewiseOrderTest {

  @Test
  void bytes_above127_sortAfterThoseBelow() {
    assertThat(BytewiseOrder.compare(new byte[] {(byte) 0x80}, new byte[] {0x7f})).isPositive();
  }

  @Test
  void string_sortsBeforeItsExtension() {
    assertThat(BytewiseOrder.compare(new byte[] {1}, new byte[] {1, 0})).isNegative();
  }

  @Test
  void difference_furtherLeft_decides() {
    assertThat(BytewiseOrder.compare(new byte[] {1, 9}, new byte[] {2})).isNegative();
  }

  @Test
  void slices_compareByTheirOwnBytes() {
    byte[] bytes = {9, 1, 2, 1, 2, 8};
    assertThat(BytewiseOrder.compare(bytes, 1, 3, bytes, 3, 5)).isZero();
    assertThat(BytewiseOrder.compare(bytes, 1, 3, bytes, 3, 6)).isNegative();
  }
}
