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
import static dev.cairn.protocol.merge.Story.retract;
import static dev.cairn.protocol.merge.Story.retractPlace;
import static dev.cairn.protocol.merge.Story.retractRecord;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.tag;
import static dev.cairn.protocol.merge.Story.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import org.junit.jupiter.api.Test;

class RetractionTest {

  private final Story story = new Story();
  private final ChangeId opening = story.opens(AMAL, act("shelling"));

  private FieldState actState() {
    return story.merged().field(ACT).orElseThrow();
  }

  @Test
  void field_retractedByItsAuthor_showsRetractedAndKeepsHistory() {
    story.says(AMAL, seen(opening), retract(ACT));

    assertThat(actState().status()).isEqualTo(Status.RETRACTED);
    assertThat(actState().shown()).isEmpty();
    assertThat(actState().history()).hasSize(1);
  }

  @Test
  void field_retractedByAnother_staysAsItIs() {
    story.says(BASIL, seen(opening), retract(ACT));

    assertThat(actState().shown()).contains(text("shelling"));
  }

  @Test
  void field_retractedWithoutKnowledgeOfTheLastValue_keepsThat() {
    story.says(AMAL_TABLET, seen(opening), act("raid"));
    story.says(AMAL, seen(opening), retract(ACT));

    assertThat(actState().shown()).contains(text("raid"));
  }

  @Test
  void field_assertedAgain_stands() {
    ChangeId retraction = story.says(AMAL, seen(opening), retract(ACT));
    story.says(AMAL, seen(retraction), act("raid"));

    assertThat(actState().shown()).contains(text("raid"));
  }

  @Test
  void operation_takenBackByItsMember_letsTheOneBeforeStand() {
    ChangeId second = story.says(AMAL, seen(opening), act("raid"));
    story.says(AMAL, seen(second), retractPlace(second, 0));

    assertThat(actState().shown()).contains(text("shelling"));
  }

  @Test
  void note_takenBack_isMarked() {
    ChangeId note = story.says(AMAL, seen(opening), new Operation.Note("n"));
    story.says(AMAL, seen(note), retractPlace(note, 0));

    assertThat(story.merged().statements()).extracting(Entry::retracted).containsExactly(true);
  }

  @Test
  void note_takenBackByAnother_isRefused() {
    ChangeId note = story.says(AMAL, seen(opening), new Operation.Note("n"));
    story.says(BASIL, seen(note), retractPlace(note, 0));

    assertThat(story.merged().statements()).extracting(Entry::retracted).containsExactly(false);
    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.NOT_OWN);
  }

  @Test
  void place_thatHoldsNothing_isRefused() {
    story.says(AMAL, seen(opening), retractPlace(opening, 7));

    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.NOT_RETRACTABLE);
  }

  @Test
  void operation_ofAChangeOfUnknownKind_cannotBeTakenBack() {
    ChangeId later = story.ofKind(77).says(AMAL, seen(opening), new Operation.Note("n"));
    story.ofKind(1).says(AMAL, seen(later), retractPlace(later, 0));

    assertThat(story.merged().unknown()).hasSize(1);
    assertThat(story.merged().retractions()).isEmpty();
    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.NOT_RETRACTABLE);
  }

  @Test
  void record_retractedByItsOpener_isHiddenWithAllThatIsInIt() {
    ChangeId edit = story.says(BASIL, seen(opening), tag("school"));
    story.says(AMAL, seen(edit), retractRecord());

    assertThat(story.merged().visible()).isFalse();
    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(actState().shown()).contains(text("shelling"));
  }

  @Test
  void record_calledRetractedUnderAPathOfThatName_staysVisible() {
    story.says(BASIL, seen(opening), new Operation.Assert(Field.RECORD, text("retracted")));
    story.says(BASIL, seen(opening), retract(TAGS));

    assertThat(story.merged().visible()).isTrue();
  }

  @Test
  void record_retractedByAnother_hidesOnlyWhatThatOneSaid() {
    ChangeId edit = story.says(BASIL, seen(opening), act("raid"));
    story.says(BASIL, seen(edit), retractRecord());

    assertThat(story.merged().visible()).isTrue();
    assertThat(actState().shown()).contains(text("shelling"));
    assertThat(story.merged().conflicts()).isEmpty();
  }

  @Test
  void record_editedAfterItsRetraction_isForReview() {
    ChangeId retraction = story.says(AMAL, seen(opening), retractRecord());
    story.says(BASIL, seen(retraction), new Operation.Note("it did happen"));

    assertThat(story.merged().visible()).isTrue();
    assertThat(story.merged().field(Field.RECORD).orElseThrow().status())
        .isEqualTo(Status.CORRECTION);
  }

  @Test
  void record_decidedRetracted_isHidden() {
    ChangeId retraction = story.says(AMAL, seen(opening), retractRecord());
    ChangeId edit = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(retraction, edit), choose(Field.RECORD, retraction, retraction, edit));

    assertThat(story.merged().visible()).isFalse();
  }

  @Test
  void record_decidedKept_isShownAndNoConflict() {
    ChangeId retraction = story.says(AMAL, seen(opening), retractRecord());
    ChangeId edit = story.says(BASIL, seen(opening), act("shelling"));
    story.says(DESK, seen(retraction, edit), choose(Field.RECORD, edit, retraction, edit));

    assertThat(story.merged().visible()).isTrue();
    assertThat(story.merged().conflicts()).isEmpty();
  }

  @Test
  void record_editedAgainAfterThatDecision_isReopened() {
    ChangeId retraction = story.says(AMAL, seen(opening), retractRecord());
    ChangeId edit = story.says(BASIL, seen(opening), act("shelling"));
    story.says(DESK, seen(retraction, edit), choose(Field.RECORD, retraction, retraction, edit));
    story.says(CYRINE, seen(opening), tag("school"));

    assertThat(story.merged().visible()).isTrue();
    assertThat(story.merged().field(Field.RECORD).orElseThrow().status())
        .isEqualTo(Status.REOPENED);
  }
}
