package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.AMAL_TABLET;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.People.CYRINE;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.Story.ACT;
import static dev.cairn.protocol.merge.Story.TAGS;
import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.choose;
import static dev.cairn.protocol.merge.Story.decide;
import static dev.cairn.protocol.merge.Story.retract;
import static dev.cairn.protocol.merge.Story.retractPlace;
import static dev.cairn.protocol.merge.Story.retractRecord;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.tag;
import static dev.cairn.protocol.merge.Story.text;
import static dev.cairn.protocol.merge.Story.untag;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.merge.MergeStories.Told;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.AttachmentKey;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One story for each rule about what members take back. */
final class RetractionStories {

  private static final Operation NOTE = new Operation.Note("seen from the roof");
  private static final Operation COMMENT = new Operation.Comment("look again");

  private final List<Told> all = new ArrayList<>();

  private RetractionStories() {}

  static List<Told> all() throws MalformedException {
    RetractionStories stories = new RetractionStories();
    stories.retractions();
    stories.places();
    stories.wholeRecord();
    stories.decisionsOnTheWhole();
    return stories.all;
  }

  private Story tell(String name) {
    Story story = new Story();
    all.add(new Told(name, story));
    return story;
  }

  private void retractions() {
    Story story = tell("a field retracted, what was not seen stays");
    ChangeId first = story.opens(AMAL, act("shelling"), tag("a"));
    story.says(AMAL_TABLET, seen(), act("raid"), tag("b"));
    story.says(AMAL, seen(first), retract(ACT), retract(TAGS));
    story.says(BASIL, seen(first), retract(ACT));
    story = tell("a field retracted and stated again in one change");
    story.opens(AMAL, act("shelling"), retract(ACT), act("raid"));
    story = tell("all retracted");
    story.opens(AMAL, act("shelling"), tag("a"), retract(ACT), retract(TAGS));
    story = tell("the whole record by one who did not open it");
    first = story.opens(AMAL, act("shelling"));
    ChangeId other = story.says(BASIL, seen(first), act("raid"), tag("a"), NOTE, file(1));
    story.says(BASIL, seen(first), act("arrest"));
    story.says(BASIL, seen(other), retractRecord());
  }

  private void places() throws MalformedException {
    Story story = tell("places taken back: one's own of every kind");
    Operation unknown = Operations.decode(Hex.decode("8218636178"));
    ChangeId first =
        story.opens(
            AMAL, act("shelling"), tag("a"), NOTE, file(1), answer(), untag("a"), unknown, COMMENT);
    for (int place = 0; place < 9; place++) {
      story.says(AMAL, seen(first), retractPlace(first, place));
    }
    story = tell("places taken back: another's, and what is not there");
    first = story.opens(AMAL, act("shelling"));
    story.says(
        BASIL,
        seen(first),
        retractPlace(first, 0),
        retractPlace(first, 9),
        retractPlace(Story.id(900), 0));
    story = tell("a place taken back by one who has not seen it");
    first = story.opens(AMAL, act("shelling"));
    story.says(AMAL_TABLET, seen(), retractPlace(first, 0));
    story = tell("a decision and a retraction taken back");
    first = story.opens(DESK, act("shelling"), retract(ACT), decide(ACT, "a"));
    story.says(DESK, seen(first), retractPlace(first, 1), retractPlace(first, 2));
  }

  private static Operation answer() {
    return new Operation.Answer(Story.id(800), "by car");
  }

  static Operation file(int number) {
    byte[] id = Story.id(number).bytes();
    return new Operation.Attach(
        new AttachedFile(
            AttachmentId.of(id),
            AttachmentKey.of(id),
            9,
            "photo",
            "image/jpeg",
            (CborValue.Bytes) CborValue.of(id),
            Map.of()));
  }

  private void wholeRecord() {
    Story story = tell("the record retracted by who opened it");
    ChangeId first = story.opens(AMAL, act("shelling"));
    ChangeId other = story.says(BASIL, seen(first), act("raid"));
    story.says(AMAL, seen(other), retractRecord());
    List<Operation> against =
        Arrays.asList(act("raid"), tag("a"), NOTE, file(1), answer(), untag("a"));
    for (Operation operation : against) {
      story = tell("edit against retraction: operation " + operation.code());
      first = story.opens(AMAL, act("shelling"));
      story.says(AMAL_TABLET, seen(first), retractRecord());
      story.says(BASIL, seen(first), operation);
    }
    story = tell("edit against retraction, and the edit retracted");
    first = story.opens(AMAL, act("shelling"));
    story.says(AMAL, seen(first), retractRecord());
    ChangeId edit = story.says(BASIL, seen(first), act("raid"), NOTE);
    story.says(BASIL, seen(edit), retractPlace(edit, 0), retractPlace(edit, 1));
    story = tell("who retracted the record goes on");
    first = story.opens(AMAL, act("shelling"));
    ChangeId gone = story.says(AMAL, seen(first), retractRecord(), act("raid"), NOTE);
    story.says(AMAL, seen(gone), retractRecord());
    story = tell("three standing values of one member");
    first =
        story.opens(
            AMAL, act("shelling"), new Operation.Assert(Field.RECORD, text("\"retracted\"")));
    story.says(AMAL, seen(first), retractRecord());
    story.says(AMAL, seen(first), NOTE);
    story = tell("a retraction seen by the edit");
    first = story.opens(AMAL, act("shelling"));
    gone = story.says(AMAL, seen(first), retractRecord());
    story.says(BASIL, seen(gone), act("raid"));
  }

  private void decisionsOnTheWhole() {
    for (String value : Arrays.asList("retracted", "\"retracted\"", "kept")) {
      Story story = disputed("the whole decided by the value " + value);
      story.says(DESK, seen(Story.id(2), Story.id(3)), decide(Field.RECORD, value));
    }
    for (int chosen = 1; chosen <= 3; chosen++) {
      Story story = disputed("the whole decided by choosing change " + chosen);
      story.says(
          DESK,
          seen(Story.id(2), Story.id(3)),
          choose(Field.RECORD, Story.id(chosen), Story.id(2), Story.id(3)));
    }
    Story story = disputed("the whole decided, then edited");
    ChangeId decided =
        story.says(
            DESK,
            seen(Story.id(2), Story.id(3)),
            choose(Field.RECORD, Story.id(2), Story.id(2), Story.id(3)));
    story.says(CYRINE, seen(decided), act("arrest"));
  }

  /** Changes 2 and 3 are the retraction and an edit that has not seen it. */
  private Story disputed(String name) {
    Story story = tell(name);
    ChangeId first = story.opens(AMAL, act("shelling"));
    story.says(AMAL, seen(first), retractRecord());
    story.says(BASIL, seen(first), act("raid"));
    return story;
  }
}
