package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.server.ledger.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final List<Answer> NO = List.of(new Answer.Refused("store.full"));

  private final Turns turns = new Turns();
  private final Turns.Turn first = turns.begin(0, 1, 10);
  private final Turns.Turn second = turns.begin(1, 1, 10);

  @Test
  void answers_inOrder_areEachPassedOnAtOnce() {
    assertThat(turns.answered(first, NO)).containsExactly(first);
    assertThat(turns.answered(second, NO)).containsExactly(second);
  }

  @Test
  void answer_thatOvertook_waitsForTheOneBefore() {
    assertThat(turns.answered(second, NO)).isEmpty();
    assertThat(turns.answered(first, NO)).containsExactly(first, second);
    assertThat(turns.isEmpty()).isTrue();
  }
}
