package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.AMAL_TABLET;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.People.CYRINE;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.People.OTHER_DESK;
import static dev.cairn.protocol.merge.People.STRANGER;
import static dev.cairn.protocol.merge.Story.ACT;
import static dev.cairn.protocol.merge.Story.TAGS;
import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.choose;
import static dev.cairn.protocol.merge.Story.decide;
import static dev.cairn.protocol.merge.Story.retractRecord;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.tag;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.MergeStories.Told;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One story for each rule about what is erased. Change 1 is Amal's opening unless said. */
final class ErasureStories {

  private final List<Told> all = new ArrayList<>();

  private ErasureStories() {}

  static List<Told> all() {
    ErasureStories stories = new ErasureStories();
    stories.fields();
    stories.graph();
    stories.openings();
    stories.refused();
    stories.circles();
    return stories.all;
  }

  private Story tell(String name) {
    Story story = new Story();
    all.add(new Told("erasure: " + name, story));
    return story;
  }

  private static Operation.Erase account(
      ChangeId erased, DeviceId author, boolean opened, List<ChangeId> parents, Field... fields) {
    return new Operation.Erase(erased, author, opened, parents, Arrays.asList(fields), "asked");
  }

  private void fields() {
    Story story = tell("the only value is withdrawn");
    ChangeId first = story.opens(AMAL, act("shelling"), tag("a"));
    story.erases(DESK, seen(first), account(first, AMAL, true, seen(), ACT, TAGS));
    story = tell("what the erased had replaced does not come back");
    first = story.opens(AMAL, act("shelling"));
    ChangeId second = story.says(AMAL_TABLET, seen(first), act("raid"));
    story.says(BASIL, seen(first), tag("a"));
    story.erases(DESK, seen(second), account(second, AMAL_TABLET, false, seen(first), ACT));
    story = tell("what the erased had not seen stands");
    story.opens(AMAL, act("shelling"));
    second = story.says(AMAL_TABLET, seen(), act("raid"));
    story.erases(DESK, seen(second), account(second, AMAL_TABLET, false, seen(), ACT));
    story = tell("another member's value stands");
    first = story.opens(AMAL, act("shelling"));
    story.says(BASIL, seen(first), act("raid"));
    story.erases(DESK, seen(first), account(first, AMAL, true, seen(), ACT));
    story = tell("a decision is shown before withdrawn");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(DESK, seen(first), decide(ACT, "raid", first));
    story.erases(DESK, seen(second), account(first, AMAL, true, seen(), ACT));
    story = tell("a decision that chose the erased value waits");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(DESK, seen(first), choose(ACT, first, first));
    story.erases(DESK, seen(second), account(first, AMAL, true, seen(), ACT));
    story = tell("without an account the content is gone and nothing is withdrawn");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(AMAL, seen(first), act("raid"));
    story.erases(DESK, seen(second), second, new Operation.Comment("asked"));
    story = tell("two that erase one change, with different accounts");
    first = story.opens(AMAL, act("shelling"), tag("a"));
    story.erases(DESK, seen(first), account(first, AMAL, true, seen(), ACT));
    story.erases(OTHER_DESK, seen(first), account(first, AMAL, false, seen(), TAGS));
  }

  private void graph() {
    Story story = tell("the erased still connects what saw it with what it saw");
    ChangeId first = story.opens(AMAL, act("shelling"));
    ChangeId between = story.says(BASIL, seen(first), tag("a"));
    story.says(CYRINE, seen(between), act("raid"));
    story.erases(DESK, seen(between), account(between, BASIL, false, seen(first), TAGS));
    story = tell("parents that run in a circle gain nothing");
    first = story.opens(AMAL, act("shelling"));
    ChangeId later = story.says(BASIL, seen(first), act("raid"));
    story.erases(DESK, seen(later), account(first, AMAL, true, seen(later), ACT));
    story = tell("the erasing change has seen the erased, whatever its parents");
    first = story.opens(AMAL, act("shelling"));
    story.erases(DESK, seen(), first, account(first, AMAL, true, seen(), ACT), act("raid"));
    story = tell("who erases has seen what the erased had seen");
    first = story.opens(AMAL, act("shelling"));
    between = story.says(BASIL, seen(first), tag("a"));
    story.erases(
        DESK, seen(), between, account(between, BASIL, false, seen(first), TAGS), act("raid"));
    story = tell("who erases is a head, the erased is none");
    first = story.opens(AMAL, act("shelling"));
    story.says(BASIL, seen(), act("raid"));
    story.erases(DESK, seen(), account(first, AMAL, true, seen(), ACT));
  }

  private void openings() {
    Story story = tell("an opening, its member stays who opened it");
    ChangeId first = story.opens(AMAL, act("shelling"));
    ChangeId gone = story.says(AMAL, seen(first), retractRecord());
    story.erases(DESK, seen(gone), account(first, AMAL, true, seen(), ACT));
    story = tell("an opening that the account says is none");
    first = story.opens(AMAL, act("shelling"));
    story.says(BASIL, seen(first), act("raid"));
    gone = story.says(AMAL, seen(first), retractRecord());
    story.erases(DESK, seen(gone), account(first, AMAL, false, seen(), ACT));
    story = tell("the kind is that of who erases the opening");
    first = story.ofKind(1).opens(AMAL, act("shelling"));
    story.ofKind(2).at(1).says(OTHER_DESK, seen(first), act("raid"));
    story.ofKind(3).at(9).erases(DESK, seen(first), account(first, AMAL, true, seen(), ACT));
  }

  private void refused() {
    wrongAuthors();
    Story story = tell("by a reporter, and by nobody");
    ChangeId first = story.opens(AMAL, act("shelling"));
    story.erases(BASIL, seen(first), account(first, AMAL, true, seen(), ACT));
    story.erases(STRANGER, seen(first), account(first, AMAL, true, seen(), ACT));
    story = tell("what the prefix does not name");
    first = story.opens(AMAL, act("shelling"));
    ChangeId second = story.says(BASIL, seen(first), act("raid"));
    story.says(DESK, seen(first), account(first, AMAL, true, seen(), ACT));
    story.erases(
        DESK,
        seen(second),
        second,
        account(first, AMAL, true, seen(), ACT),
        account(second, BASIL, false, seen(first), ACT));
    story = tell("an erasure");
    first = story.opens(AMAL, act("shelling"));
    second = story.erases(DESK, seen(first), account(first, AMAL, true, seen(), ACT));
    story.erases(OTHER_DESK, seen(second), account(second, DESK, false, seen(first), ACT));
    story = tell("a reporter's that names an erased one");
    first = story.opens(AMAL, act("shelling"));
    second = story.erases(BASIL, seen(first), account(first, AMAL, true, seen(), ACT));
    story.erases(DESK, seen(second), account(second, BASIL, false, seen(first), ACT));
    story = tell("what is not held, and itself");
    first = story.opens(AMAL, act("shelling"));
    ChangeId away = Story.id(900);
    story.erases(DESK, seen(first), account(away, AMAL, false, seen(first), ACT));
    ChangeId self = Story.id(3);
    story.erases(DESK, seen(first), account(self, DESK, false, seen(first), ACT));
    story = tell("what does not count");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(STRANGER, seen(first), act("raid"));
    story.erases(DESK, seen(second), account(second, STRANGER, false, seen(first), ACT));
  }

  private void wrongAuthors() {
    Story story = tell("an account that names another author");
    ChangeId first = story.opens(AMAL, act("shelling"));
    ChangeId second = story.says(DESK, seen(first), new Operation.Comment("x"));
    story.erases(DESK, seen(second), account(second, AMAL, true, seen(first), ACT));
    story = tell("a second account in one change, of the wrong author");
    first = story.opens(AMAL, act("shelling"), tag("a"));
    story.erases(
        DESK,
        seen(first),
        first,
        account(first, BASIL, false, seen(), TAGS),
        account(first, AMAL, true, seen(), ACT));
    story = tell("an account of the wrong author tells no kind");
    first = story.opens(AMAL, act("shelling"));
    story.ofKind(2).at(1).says(OTHER_DESK, seen(first), act("raid"));
    story.ofKind(3).at(9).erases(DESK, seen(first), account(first, BASIL, true, seen(), ACT));
  }

  private void circles() {
    Story story = tell("sent to fewer than the change");
    ChangeId first = story.to(Story.DESK_AND_FIELD).opens(AMAL, act("shelling"));
    story.to(Story.DESK).erases(DESK, seen(first), account(first, AMAL, true, seen(), ACT));
    story = tell("sent to more than the change");
    first = story.to(Story.DESK).opens(AMAL, act("shelling"));
    story
        .to(Story.DESK_AND_FIELD)
        .erases(DESK, seen(first), first, account(first, AMAL, true, seen(), ACT), act("raid"));
  }
}
