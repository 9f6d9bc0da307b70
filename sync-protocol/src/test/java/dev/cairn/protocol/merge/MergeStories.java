package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.AMAL_TABLET;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.People.CYRINE;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.People.NEWCOMER;
import static dev.cairn.protocol.merge.People.OTHER_DESK;
import static dev.cairn.protocol.merge.People.STRANGER;
import static dev.cairn.protocol.merge.Story.TAGS;
import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.retract;
import static dev.cairn.protocol.merge.Story.retractPlace;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.tag;
import static dev.cairn.protocol.merge.Story.text;
import static dev.cairn.protocol.merge.Story.untag;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.ReviewState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One story for each rule of the merge that a second program could read otherwise; see beside. */
final class MergeStories {

  private static final Field SHAPE = Field.of(KnownField.SHAPE);
  private static final Field RELATION = Field.of(KnownField.RELATION);
  private static final Field FREE = Field.path("note.of.a.form");
  private static final Operation COMMENT = new Operation.Comment("look again");
  private static final Operation NOTE = new Operation.Note("seen from the roof");

  /** A story and its name. */
  record Told(String name, Story story) {}

  private final List<Told> all = new ArrayList<>();

  private MergeStories() {}

  static List<Told> all() {
    MergeStories stories = new MergeStories();
    stories.registers();
    stories.counts();
    stories.sets();
    stories.kinds();
    stories.reviews();
    stories.heads();
    return stories.all;
  }

  private Story tell(String name) {
    Story story = new Story();
    all.add(new Told(name, story));
    return story;
  }

  private static Operation says(Field field, CborValue value) {
    return new Operation.Assert(field, value);
  }

  private void registers() {
    Story story = tell("a correction");
    ChangeId first = story.opens(AMAL, act("shelling"));
    story.says(BASIL, seen(first), act("raid"));
    story = tell("a correction beside what is concurrent");
    first = story.opens(AMAL, act("shelling"));
    story.says(BASIL, seen(first), act("raid"));
    story.says(CYRINE, seen(), act("arrest"));
    story = tell("equal values of three members");
    first = story.opens(AMAL, act("raid"));
    story.says(BASIL, seen(), act("raid"));
    story.says(CYRINE, seen(first), act("raid"));
    story = tell("one member on two devices, neither having seen the other");
    story.opens(AMAL, act("shelling"));
    story.says(AMAL_TABLET, seen(), act("raid"));
    story = tell("a lower clock that has seen the higher");
    first = story.opens(AMAL, act("shelling"));
    story.at(1).says(BASIL, seen(first), act("raid"));
    story = tell("a member's lower clock that has seen his higher");
    first = story.opens(AMAL, act("shelling"));
    story.at(1).says(AMAL, seen(first), act("raid"));
    story = tell("twice in one change");
    story.opens(AMAL, act("shelling"), act("raid"));
    story = tell("by a device that was never admitted");
    first = story.opens(AMAL, act("shelling"));
    ChangeId strange = story.says(STRANGER, seen(first), act("raid"));
    story.says(BASIL, seen(strange), act("arrest"));
    story = tell("by one who is not confirmed");
    first = story.opens(AMAL, act("shelling"));
    story.says(NEWCOMER, seen(first), act("raid"));
    story = tell("a path without a code");
    story.opens(AMAL, says(FREE, text("\"a\"")));
    story.says(BASIL, seen(), says(FREE, text("[1,2]")));
    story = tell("the earliest is shown though its member went on");
    first = story.opens(AMAL, says(SHAPE, text("a")));
    story.says(AMAL, seen(first), says(SHAPE, text("b")));
    story.says(BASIL, seen(first), says(SHAPE, text("c")));
    story = tell("the earliest is retracted, then all");
    first = story.opens(AMAL, says(SHAPE, text("a")));
    ChangeId second = story.says(BASIL, seen(), says(SHAPE, text("b")), retract(SHAPE));
    story.says(AMAL, seen(first, second), retractPlace(first, 0));
    story = tell("a point");
    Field point = Field.of(KnownField.PLACE_POINT);
    story.opens(AMAL, says(point, CborValue.array(text("35.1"), text("36.0"))));
    story.says(BASIL, seen(), says(point, CborValue.array(text("35.1"), CborValue.nul())));
  }

  private void counts() {
    Story story = tell("counts under one key and under another");
    Field civilians = Field.of(CountKey.of(Metric.KILLED, "status=civilian"));
    Field children = Field.of(CountKey.of(Metric.KILLED, "age=child"));
    story.opens(AMAL, says(civilians, count(3)), says(children, count(1)));
    ChangeId other = story.says(BASIL, seen(), says(civilians, count(4)));
    story.says(BASIL, seen(other), says(civilians, count(5)));
  }

  private static CborValue count(long number) {
    CborValue none = CborValue.nul();
    return CborValue.array(CborValue.of(number), none, CborValue.of(number + 2), none, none);
  }

  private void sets() {
    Story story = tell("added again beside a remove, and removed by others");
    ChangeId first = story.opens(AMAL, tag("a"), tag("b"), tag("c"));
    story.says(AMAL, seen(first), untag("a"));
    story.says(AMAL_TABLET, seen(), tag("a"));
    story.says(BASIL, seen(first), untag("b"));
    story.says(DESK, seen(first), untag("c"));
    story = tell("elements in the order of the first add that stands");
    first = story.opens(AMAL, tag("z"), tag("a"));
    ChangeId other = story.says(BASIL, seen(first), add("y", "b"), tag("z"));
    story.says(AMAL, seen(other), untag("z"));
    story = tell("added and removed in one change, both ways");
    story.opens(AMAL, tag("a"), untag("a"), untag("b"), tag("b"));
  }

  private static Operation add(String... values) {
    return new Operation.Add(TAGS, Arrays.stream(values).map(Story::text).toList());
  }

  private void kinds() {
    Story story = tell("without its opening a coordinator tells the kind");
    story.ofKind(4).says(NEWCOMER, seen(), act("a"));
    story.ofKind(2).says(AMAL, seen(), act("b"));
    story.ofKind(3).says(DESK, seen(), act("c"));
    story = tell("then a confirmed device");
    story.ofKind(4).says(AMAL, seen(), act("a"));
    story.ofKind(1).says(NEWCOMER, seen(), act("b"));
    story.ofKind(2).says(AMAL, seen(), act("c"));
    story = tell("then anybody, but no kind that needs a coordinator");
    story.ofKind(5).says(NEWCOMER, seen(), act("a"));
    story.ofKind(2).says(NEWCOMER, seen(), act("b"));
    story = tell("then the first");
    story.ofKind(99).says(AMAL, seen(), act("a"));
    story.ofKind(4).says(AMAL, seen(), act("b"));
    story = tell("a change of kind 4 in an incident");
    ChangeId first = story.opens(AMAL, act("a"));
    story.ofKind(4).says(BASIL, seen(first), act("b"));
    story.says(DESK, seen(first), act("c"));
    story = tell("a form, and a reporter's word on it");
    Field labels = Field.of(KnownField.FORM_LABELS);
    first = story.ofKind(4).opens(DESK, says(labels, CborValue.map(Map.of())));
    story.ofKind(1).says(AMAL, seen(first), says(labels, CborValue.map(Map.of())), NOTE);
    story = tell("a link that relates other records than its own");
    CborValue two = CborValue.of(Story.record(2).bytes());
    story.ofKind(5).opens(DESK, says(RELATION, CborValue.array(CborValue.of(1), two, two)));
  }

  private void reviews() {
    Story story = tell("the review state is what no other has seen");
    ChangeId first = story.opens(AMAL, act("a"));
    ChangeId done =
        story.says(
            DESK,
            seen(first),
            new Operation.Review(ReviewState.REVIEWED),
            new Operation.Assign(People.member(5)));
    story
        .at(1)
        .says(
            OTHER_DESK,
            seen(done),
            new Operation.Review(ReviewState.OPEN),
            new Operation.Assign(null));
    story.says(BASIL, seen(done), new Operation.Review(ReviewState.REJECTED));
    story = tell("comments, questions and confirmations, a reporter's among them");
    first = story.opens(AMAL, COMMENT);
    story.says(
        DESK,
        seen(first),
        COMMENT,
        new Operation.Ask("where?"),
        new Operation.Confirm(AMAL, 7, first, List.of()));
    story.says(AMAL, seen(first), retractPlace(first, 0));
  }

  private void heads() {
    Story story = tell("more than 64 heads");
    for (int number = 0; number < 70; number++) {
      story.says(number < 60 ? AMAL : number % 2 == 0 ? BASIL : DESK, seen(), act("a"));
    }
  }
}
