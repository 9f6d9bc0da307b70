package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.People.CYRINE;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.People.OTHER_DESK;
import static dev.cairn.protocol.merge.Story.ACT;
import static dev.cairn.protocol.merge.Story.TAGS;
import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.choose;
import static dev.cairn.protocol.merge.Story.date;
import static dev.cairn.protocol.merge.Story.decide;
import static dev.cairn.protocol.merge.Story.keepAll;
import static dev.cairn.protocol.merge.Story.retractPlace;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.tag;
import static dev.cairn.protocol.merge.Story.text;
import static dev.cairn.protocol.merge.Story.undo;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.merge.MergeStories.Told;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;

/** One story for each rule about what coordinators decide and undo. */
final class DecisionStories {

  private static final Field SHAPE = Field.of(KnownField.SHAPE);

  private final List<Told> all = new ArrayList<>();

  private DecisionStories() {}

  static List<Told> all() {
    DecisionStories stories = new DecisionStories();
    stories.decisions();
    stories.undos();
    return stories.all;
  }

  private Story tell(String name) {
    Story story = new Story();
    all.add(new Told(name, story));
    return story;
  }

  private void decisions() {
    Story story = tell("a hidden assertion that is named settles the earlier one of its member");
    ChangeId first = story.opens(AMAL, act("shelling"));
    ChangeId second = story.says(AMAL, seen(first), act("raid"));
    ChangeId decided = story.says(DESK, seen(second), decide(ACT, "arrest", second));
    story.says(AMAL, seen(decided), retractPlace(second, 0));
    story = tell("an assertion since, by a member who was named");
    first = story.opens(AMAL, act("shelling"));
    decided = story.says(DESK, seen(first), decide(ACT, "arrest", first));
    story.says(AMAL, seen(decided), act("raid"));
    story = tell("an assertion since, of the value decided");
    first = story.opens(AMAL, act("shelling"));
    story.says(DESK, seen(first), decide(ACT, "arrest", first));
    story.says(BASIL, seen(), act("arrest"));
    story = tell("a value chosen and then retracted");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(BASIL, seen(), act("raid"));
    story.says(DESK, seen(first, second), choose(ACT, first, first, second));
    story.says(AMAL, seen(first), retractPlace(first, 0));
    story = tell("a value chosen of a change that states two, and is not named");
    first = story.opens(AMAL, act("shelling"), act("raid"));
    story.says(DESK, seen(first), choose(ACT, first));
    story = tell("a value chosen of what is not held");
    first = story.opens(AMAL, act("shelling"));
    story.says(DESK, seen(first), choose(ACT, Story.id(900), first));
    story = tell("what a replaced decision settled stays settled");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(BASIL, seen(), act("raid"));
    decided = story.says(DESK, seen(first), decide(ACT, "a", first));
    story.says(OTHER_DESK, seen(decided), decide(ACT, "b", second));
    story = tell("two decisions of one value");
    first = story.opens(AMAL, act("shelling"));
    story.says(DESK, seen(first), decide(ACT, "a", first));
    story.says(OTHER_DESK, seen(first), decide(ACT, "a"));
    story = tell("two decisions of two values, and an open assertion");
    first = story.opens(AMAL, act("shelling"));
    story.says(DESK, seen(first), decide(ACT, "a", first));
    story.says(OTHER_DESK, seen(first), decide(ACT, "b", first));
    story.at(1).says(CYRINE, seen(), act("later than its clock"));
    story = tell("keep all beside a value");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(BASIL, seen(), act("raid"));
    story.says(DESK, seen(first, second), decide(ACT, "a", first, second));
    story.says(OTHER_DESK, seen(first, second), keepAll(ACT, first, second));
    story = tell("keep all beside a value, neither having seen what both name");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(BASIL, seen(), act("raid"));
    story.at(5).says(DESK, seen(), decide(ACT, "a", first, second));
    story.at(6).says(OTHER_DESK, seen(), keepAll(ACT, first, second));
    story = tell("reopened, a settled value of a greater clock is not shown");
    first = story.opens(AMAL, act("shelling"));
    story.at(5).says(DESK, seen(), decide(ACT, "a", first));
    story.at(4).says(CYRINE, seen(), act("arrest"));
    story = tell("all kept");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(BASIL, seen(), act("raid"));
    story.says(DESK, seen(first, second), keepAll(ACT, first, second));
    story.says(CYRINE, seen(), act("raid"));
    story = tell("all kept, then reopened");
    first = story.opens(AMAL, act("shelling"));
    second = story.says(BASIL, seen(first), act("raid"));
    story.says(DESK, seen(second), keepAll(ACT, first, second));
    story.at(1).says(CYRINE, seen(), act("arrest"));
    story = tell("decided where nobody stated anything, and by a reporter");
    first = story.opens(AMAL, act("shelling"));
    story.says(DESK, seen(first), decide(Field.of(KnownField.TITLE), "a title"));
    story.says(BASIL, seen(first), decide(ACT, "raid", first));
    story = tell("decided on a set and on a shape");
    first = story.opens(AMAL, tag("school"), new Operation.Assert(SHAPE, text("a")));
    story.says(DESK, seen(first), decide(TAGS, "x", first), decide(SHAPE, "b", first));
  }

  private void undos() {
    Story story = tell("an undo that has not seen the decision");
    ChangeId first = story.opens(AMAL, act("shelling"));
    ChangeId decided = story.says(DESK, seen(first), decide(ACT, "a", first));
    story.says(OTHER_DESK, seen(first), undo(decided));
    story = tell("a decision undone, and one whose undo is undone");
    first = story.opens(AMAL, act("shelling"), date("2025"));
    decided = story.says(DESK, seen(first), decide(ACT, "a", first));
    ChangeId other = story.says(DESK, seen(decided), decide(Story.DATE, "2024", first));
    ChangeId undone = story.says(OTHER_DESK, seen(other), undo(decided), undo(other));
    story.says(DESK, seen(undone), decide(ACT, "b"));
    Story again = tell("an undo that is undone");
    first = again.opens(AMAL, act("shelling"));
    decided = again.says(DESK, seen(first), decide(ACT, "a", first));
    undone = again.says(OTHER_DESK, seen(decided), undo(decided));
    again.says(DESK, seen(undone), undo(undone));
    story = tell("an undo in the change that decides, and by a reporter");
    first = story.opens(AMAL, act("shelling"));
    decided = Story.id(2);
    story.says(DESK, seen(first), decide(ACT, "a", first), undo(decided));
    story.says(BASIL, seen(decided), undo(decided));
  }
}
