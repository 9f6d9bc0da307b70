package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadsTest {

  private final Story story = new Story();
  private final ChangeId opening = story.opens(AMAL, act("shelling"));

  @Test
  void heads_areWhatNobodyHadSeen() {
    ChangeId one = story.says(AMAL, seen(opening), act("raid"));
    ChangeId other = story.says(BASIL, seen(opening), tag("school"));

    assertThat(story.merged().heads()).containsExactlyInAnyOrder(one, other);
  }

  @Test
  void heads_onBothSidesOfTheLimit_areAllAndSixtyFour() {
    List<ChangeId> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      all.add(story.says(BASIL, seen(opening), tag("t" + i)));
    }
    assertThat(story.merged().heads()).containsExactlyInAnyOrderElementsOf(all).isSorted();

    story.says(BASIL, seen(opening), tag("one more"));
    assertThat(story.merged().heads()).hasSize(64);
  }

  @Test
  void heads_ofADeviceThatWritesMany_doNotCrowdOutTheOthers() {
    ChangeId honest = story.says(AMAL, seen(opening), act("raid"));
    for (int i = 0; i < 200; i++) {
      story.says(BASIL, seen(opening), tag("t" + i));
    }

    assertThat(story.merged().heads()).hasSize(64).contains(honest);
  }
}
