package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.AMAL_TABLET;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.People.CYRINE;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.Story.TAGS;
import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.retract;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.tag;
import static dev.cairn.protocol.merge.Story.text;
import static dev.cairn.protocol.merge.Story.untag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetMergeTest {

  private final Story story = new Story();
  private final ChangeId opening = story.opens(AMAL, act("shelling"));

  private List<CborValue> tags() {
    List<CborValue> tags = new ArrayList<>();
    for (SetState set : story.merged().sets()) {
      set.present().forEach(element -> tags.add(element.value()));
    }
    return tags;
  }

  @Test
  void add_concurrentWithARemove_wins() {
    ChangeId first = story.says(BASIL, seen(opening), tag("school"));
    story.says(DESK, seen(first), untag("school"));
    assertThat(tags()).isEmpty();

    story.says(CYRINE, seen(opening), tag("school"));
    assertThat(tags()).containsExactly(text("school"));
  }

  @Test
  void remove_byItsOwnMember_takesOut() {
    ChangeId first = story.says(AMAL, seen(opening), tag("school"));
    story.says(AMAL_TABLET, seen(first), untag("school"));

    assertThat(tags()).isEmpty();
    assertThat(story.merged().sets().get(0).past()).hasSize(1);
  }

  @Test
  void remove_byAnotherReporter_leavesTheElementAndIsTold() {
    ChangeId first = story.says(AMAL, seen(opening), tag("school"));
    story.says(BASIL, seen(first), untag("school"));

    assertThat(tags()).containsExactly(text("school"));
    assertThat(story.merged().sets().get(0).present().get(0).removed()).hasSize(1);
  }

  @Test
  void elements_standInTheOrderTheyWereFirstAdded() {
    story.says(BASIL, seen(opening), new Operation.Add(TAGS, Arrays.asList(text("b"), text("a"))));
    story.says(CYRINE, seen(opening), tag("0"), tag("a"));

    assertThat(tags()).containsExactly(text("b"), text("a"), text("0"));
  }

  @Test
  void element_addedAndTakenOutOverAndOverInOneChange_isToldOnceForEach() {
    story.says(AMAL, seen(opening), tag("x"), tag("x"), untag("x"), untag("x"), tag("x"), tag("x"));

    SetState.Element element = story.merged().sets().get(0).present().get(0);
    assertThat(element.added()).extracting(Origin::index).containsExactly(4);
    assertThat(element.removed()).extracting(Origin::index).containsExactly(3);
  }

  /** Sorted by their hash codes these would be one bucket. */
  @Test
  void elements_withEqualHashCodes_areDifferentElements() {
    story.says(
        BASIL, seen(opening), new Operation.Add(TAGS, Arrays.asList(text("BB"), text("Aa"))));
    story.says(CYRINE, seen(opening), tag("Aa"));

    assertThat(tags()).containsExactly(text("BB"), text("Aa"));
  }

  @Test
  void elements_ofAMemberWhoRetractsTheField_areGone() {
    ChangeId mine = story.says(AMAL, seen(opening), tag("school"), tag("bread"));
    story.says(BASIL, seen(opening), tag("school"));
    story.says(AMAL, seen(mine), retract(TAGS));

    assertThat(tags()).containsExactly(text("school"));
  }
}
