package dev.cairn.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.limits.Limits;
import org.junit.jupiter.api.Test;

/** How much one parcel can make a server answer. */
class ParcelAnswersTest {

  private static final int LARGE_BYTES = Limits.PARCEL_ANSWERS_BYTES_MAX / 2;

  private final ParcelAnswers answers = new ParcelAnswers();

  @Test
  void answers_upToTheMost_haveRoom() {
    for (int i = 1; i < Limits.PARCEL_ANSWERS_MAX; i++) {
      assertThat(answers.add(new byte[1])).isTrue();
    }
    assertThat(answers.add(new byte[1])).isFalse();
    assertThat(answers.all()).hasSize(Limits.PARCEL_ANSWERS_MAX);
  }

  @Test
  void answers_ofTheMostBytes_haveRoom() {
    assertThat(answers.add(new byte[LARGE_BYTES])).isTrue();
    assertThat(answers.add(new byte[LARGE_BYTES])).isTrue();
    assertThat(answers.all()).hasSize(2);
  }

  @Test
  void answer_ofAByteMore_hasNone() {
    assertThat(answers.add(new byte[LARGE_BYTES])).isTrue();
    assertThat(answers.add(new byte[LARGE_BYTES + 1])).isFalse();
    assertThat(answers.all()).hasSize(1);
  }

  @Test
  void answer_asLargeAsAParcelMayBe_hasRoomAlone() {
    assertThat(answers.add(new byte[Limits.PARCEL_BYTES_MAX])).isTrue();
  }
}
