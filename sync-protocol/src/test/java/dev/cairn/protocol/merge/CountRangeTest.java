package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.People.CYRINE;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.Story.choose;
import static dev.cairn.protocol.merge.Story.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Qualifier;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountRangeTest {

  private static final CountKey DEAD = CountKey.of(Metric.KILLED, "status=civilian");

  private final Story story = new Story();

  private static CountKey asOf(String date) {
    return CountKey.of(Metric.KILLED, "status=civilian", "", date, "");
  }

  private static Operation count(CountKey key, long low, long high) {
    return new Operation.Assert(Field.of(key), CountValue.range(low, high).toValue());
  }

  private Optional<CountRange> range() {
    return CountRange.of(story.merged().fields(), Metric.KILLED, "status=civilian");
  }

  @Test
  void range_ofOneFigure_isThatFigure() {
    story.opens(AMAL, count(DEAD, 5, 7));

    assertThat(range()).contains(new CountRange(5L, 7L, false, 1, CountRange.Rule.ONE_FIGURE));
  }

  @Test
  void range_ofFiguresThatDiffer_spansThem() {
    story.opens(AMAL, count(DEAD, 5, 7));
    story.says(BASIL, seen(), count(DEAD, 4, 4));
    story.says(CYRINE, seen(), count(asOf("2025-03-12"), 6, 9));

    assertThat(range()).contains(new CountRange(4L, 9L, false, 3, CountRange.Rule.SPAN));
  }

  @Test
  void figures_ofDifferentDates_areNoConflict() {
    story.opens(AMAL, count(asOf("2025-03-10"), 830, 830));
    story.says(BASIL, seen(), count(asOf("2025-03-12"), 1383, 1383));

    assertThat(story.merged().conflicts()).isEmpty();
  }

  @Test
  void figures_underTheSameKeyThatDiffer_areAConflict() {
    story.opens(AMAL, count(DEAD, 5, 7));
    story.says(BASIL, seen(), count(DEAD, 4, 4));

    assertThat(story.merged().conflicts()).hasSize(1);
  }

  @Test
  void range_ofADecidedFigure_isTheDecision() {
    ChangeId one = story.opens(AMAL, count(DEAD, 5, 7));
    ChangeId other = story.says(BASIL, seen(), count(DEAD, 4, 4));
    story.says(DESK, seen(one, other), choose(Field.of(DEAD), one, one, other));

    assertThat(range()).contains(new CountRange(5L, 7L, false, 1, CountRange.Rule.DECISION));
  }

  @Test
  void range_ofAtLeast_isOpen() {
    CountValue atLeast = new CountValue(12L, null, null, Qualifier.AT_LEAST, null);
    story.opens(AMAL, new Operation.Assert(Field.of(DEAD), atLeast.toValue()));

    assertThat(range()).contains(new CountRange(12L, 12L, true, 1, CountRange.Rule.ONE_FIGURE));
  }

  @Test
  void range_ofOtherMetricsAndFilters_isEmpty() {
    story.opens(AMAL, count(CountKey.of(Metric.INJURED, "status=civilian"), 5, 7));
    story.says(BASIL, seen(), count(CountKey.of(Metric.KILLED, "age=child"), 1, 1));

    assertThat(range()).isEmpty();
  }
}
