package dev.cairn.protocol.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrecisionTest {

  private static Optional<String> suggestion(String... dates) {
    return Precision.suggestion(Arrays.asList(dates));
  }

  @Test
  void day_besideItsMonth_isSuggested() {
    assertThat(suggestion("2025-03", "2025-03-07")).contains("2025-03-07");
  }

  @Test
  void month_besideItsYear_isSuggested() {
    assertThat(suggestion("2025-03", "2025")).contains("2025-03");
  }

  @Test
  void day_besideAnIntervalThatHoldsIt_isSuggested() {
    assertThat(suggestion("2025-03-06/2025-03-09", "2025-03-09")).contains("2025-03-09");
  }

  @Test
  void interval_insideAMonthAndAYear_isSuggested() {
    assertThat(suggestion("2025-03", "2025-03-06/2025-03-09", "2025"))
        .contains("2025-03-06/2025-03-09");
  }

  @Test
  void day_outsideOneOfTheOthers_isNot() {
    assertThat(suggestion("2025-03", "2025-03-07", "2025-04")).isEmpty();
  }

  @Test
  void days_thatDiffer_areNot() {
    assertThat(suggestion("2025-03-07", "2025-03-08")).isEmpty();
  }

  @Test
  void intervals_thatOverlap_areNot() {
    assertThat(suggestion("2025-03-01/2025-03-08", "2025-03-07/2025-03-20")).isEmpty();
  }

  @Test
  void sameSpan_writtenTwoWays_isNot() {
    assertThat(suggestion("2025-03", "2025-03-01/2025-03-31")).isEmpty();
  }

  @Test
  void sameDate_twice_isNot() {
    assertThat(suggestion("2025-03", "2025-03")).isEmpty();
  }

  @Test
  void text_thatIsNoDate_isNeverSuggestedNorPassedOver() {
    assertThat(suggestion("2025-03", "2025-03-07", "spring")).isEmpty();
    assertThat(suggestion("2025-13", "2025")).isEmpty();
    assertThat(suggestion("2025-03-09/2025-03-06", "2025")).isEmpty();
    assertThat(suggestion("")).isEmpty();
    assertThat(suggestion()).isEmpty();
  }
}
