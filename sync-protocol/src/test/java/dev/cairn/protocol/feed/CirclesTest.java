package dev.cairn.protocol.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.Sha256;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CirclesTest {

  @Test
  void deskCircle_isTheBeginningOfItsLabelledHash() {
    byte[] salt = new byte[16];
    byte[] hash = Sha256.labelled("cairn/1/circle-desk", salt).bytes();
    assertThat(Circles.desk(salt)).isEqualTo(CircleId.of(Arrays.copyOf(hash, 16)));
  }

  @Test
  void deviceCircle_isTheBeginningOfItsLabelledHash() {
    DeviceId device = DeviceId.of(new byte[32]);
    byte[] hash = Sha256.labelled("cairn/1/circle-device", device.bytes()).bytes();
    assertThat(Circles.device(device)).isEqualTo(CircleId.of(Arrays.copyOf(hash, 16)));
  }
}
