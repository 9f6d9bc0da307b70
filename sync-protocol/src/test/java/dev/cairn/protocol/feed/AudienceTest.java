package dev.cairn.protocol.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudienceTest {

  @Test
  void audience_inAnyOrderAndRepeated_isTheSameSet() {
    assertThat(Audience.of(circle(2), circle(1), circle(2)))
        .isEqualTo(Audience.of(circle(1), circle(2)));
  }

  @Test
  void audience_notAscending_isRefused() {
    assertThatThrownBy(() -> new Audience(List.of(circle(2), circle(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void audience_ofTheMostCircles_isTaken() {
    assertThat(Audience.of(circles(Limits.AUDIENCE_CIRCLES_MAX)).circles())
        .hasSize(Limits.AUDIENCE_CIRCLES_MAX);
  }

  @Test
  void audience_ofOneCircleMore_isRefused() {
    assertThatThrownBy(() -> Audience.of(circles(Limits.AUDIENCE_CIRCLES_MAX + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void audience_ofNobody_isRefused() {
    assertThatThrownBy(() -> Audience.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<CircleId> circles(int count) {
    List<CircleId> circles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      circles.add(circle(i));
    }
    return circles;
  }

  private static CircleId circle(int first) {
    byte[] bytes = new byte[CircleId.SIZE_BYTES];
    bytes[0] = (byte) first;
    return CircleId.of(bytes);
  }
}
