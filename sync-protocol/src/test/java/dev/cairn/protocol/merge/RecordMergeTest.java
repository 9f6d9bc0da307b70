package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.People.CYRINE;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.People.NEWCOMER;
import static dev.cairn.protocol.merge.People.OTHER_DESK;
import static dev.cairn.protocol.merge.People.STRANGER;
import static dev.cairn.protocol.merge.Story.ACT;
import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.choose;
import static dev.cairn.protocol.merge.Story.decide;
import static dev.cairn.protocol.merge.Story.retractPlace;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.ReviewState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordMergeTest {

  private final Story story = new Story();
  private final ChangeId opening = story.opens(AMAL, act("shelling"));

  private FieldState actState() {
    return story.merged().field(ACT).orElseThrow();
  }

  @Test
  void changes_ofSeveralRecordsOrNone_areRefused() {
    List<MergeChange> mixed = new ArrayList<>(story.changes());
    Story other = new Story(Story.record(2), 1);
    other.opens(AMAL, act("raid"));
    mixed.addAll(other.changes());

    assertThatThrownBy(() -> RecordMerge.merge(mixed, new People()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RecordMerge.merge(Collections.emptyList(), new People()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void device_neverAdmitted_countsForNothing() {
    story.says(STRANGER, seen(opening), act("raid"));

    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(actState().history()).hasSize(1);
  }

  @Test
  void change_thatIsSuspended_countsForNothing() {
    ChangeId beyond = story.says(BASIL, seen(opening), act("raid"));

    RecordState state = RecordMerge.merge(story.changes(), new People().suspend(beyond));

    assertThat(state.conflicts()).isEmpty();
    assertThat(state.heads()).containsExactly(opening);
  }

  @Test
  void record_ofWhichNothingCounts_isEmptyAndHasNoPartInTheDigest() {
    RecordState state = RecordMerge.merge(story.changes(), new People().suspend(opening));

    assertThat(state.isEmpty()).isTrue();
    assertThat(CircleDigest.of(Collections.singletonList(state)))
        .isEqualTo(CircleDigest.of(Collections.emptyList()));
  }

  @Test
  void provisionalDevice_countsAndIsMarked() {
    story.says(NEWCOMER, seen(opening), act("raid"));

    assertThat(actState().status()).isEqualTo(Status.CORRECTION);
    assertThat(actState().history().get(1).origin().provisional()).isTrue();
  }

  @Test
  void oneChange_assertingTwice_meansTheSecond() {
    story.says(BASIL, seen(opening), act("raid"), act("shelling"));

    assertThat(story.merged().conflicts()).isEmpty();
  }

  @Test
  void equalClocks_fallBackOnDevice() {
    long clock = Hlc.of(1_800_000_000_000L, 0);
    story.at(clock).says(CYRINE, seen(opening), act("mine"));
    story.at(clock).says(BASIL, seen(opening), act("raid"));

    assertThat(actState().shown()).contains(text("mine"));
  }

  @Test
  void parents_thatAreNotHeld_countAsNotSeen() {
    story.says(BASIL, seen(Story.id(500)), act("raid"));

    assertThat(actState().status()).isEqualTo(Status.CONCURRENT);
  }

  @Test
  void review_ofTwoCoordinators_isTheLatestAndNoConflict() {
    story.says(DESK, seen(opening), new Operation.Review(ReviewState.IN_REVIEW));
    story.says(OTHER_DESK, seen(opening), new Operation.Review(ReviewState.REVIEWED));

    Entry review = story.merged().review().orElseThrow();
    assertThat(review.operation()).isEqualTo(new Operation.Review(ReviewState.REVIEWED));
    assertThat(review.origin().device()).isEqualTo(OTHER_DESK);
    assertThat(story.merged().conflicts()).isEmpty();
  }

  @Test
  void review_withALowClockThatHadSeenTheOther_wins() {
    ChangeId first = story.says(DESK, seen(opening), new Operation.Review(ReviewState.IN_REVIEW));
    story.at(3).says(OTHER_DESK, seen(first), new Operation.Review(ReviewState.REVIEWED));

    assertThat(story.merged().review().orElseThrow().operation())
        .isEqualTo(new Operation.Review(ReviewState.REVIEWED));
  }

  @Test
  void shape_statedTwice_showsTheEarliestWithoutConflict() {
    Field shape = Field.of(KnownField.SHAPE);
    story.says(BASIL, seen(opening), new Operation.Assert(shape, text("one")));
    story.says(CYRINE, seen(opening), new Operation.Assert(shape, text("two")));

    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(story.merged().shown(shape)).contains(text("one"));
  }

  @Test
  void shape_decided_isRefused() {
    Field shape = Field.of(KnownField.SHAPE);
    ChangeId one = story.says(BASIL, seen(opening), new Operation.Assert(shape, text("one")));
    story.says(DESK, seen(one), decide(shape, "two", one));

    assertThat(story.merged().shown(shape)).contains(text("one"));
    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.NOT_DECIDABLE);
  }

  @Test
  void form_changedByAReporter_isRefused() {
    Story form = new Story(Story.record(3), 4);
    form.opens(AMAL, new Operation.Note("mine"));

    assertThat(form.merged().refused()).hasSize(1);
    assertThat(form.merged().statements()).isEmpty();
  }

  @Test
  void kind_thatIsUnknown_keepsItsOperationsAsUnknown() {
    Story later = new Story(Story.record(3), 4711);
    later.opens(AMAL, act("shelling"), new Operation.Note("n"));

    assertThat(later.merged().unknown()).hasSize(2);
    assertThat(later.merged().fields()).isEmpty();
  }

  @Test
  void statements_standSideBySideInOrder() {
    ChangeId ask = story.says(DESK, seen(opening), new Operation.Ask("which bridge?"));
    story.says(AMAL, seen(ask), new Operation.Answer(ask, "the old one"));
    story.says(BASIL, seen(), new Operation.Note("heard it"));

    assertThat(story.merged().statements())
        .extracting(Entry::operation)
        .containsExactly(
            new Operation.Ask("which bridge?"),
            new Operation.Answer(ask, "the old one"),
            new Operation.Note("heard it"));
  }

  @Test
  void decision_waitingForAChangeNotHeld_settlesNothing() {
    story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(opening), choose(ACT, Story.id(500), opening));

    assertThat(actState().decisions())
        .extracting(Decision::force)
        .containsExactly(Decision.Force.WAITING);
    assertThat(actState().status().inConflict()).isTrue();
  }

  @Test
  void decision_namingALaterAssertionOfTheMember_settlesTheEarlierOneToo() {
    ChangeId second = story.says(AMAL, seen(opening), act("raid"));
    ChangeId other = story.says(BASIL, seen(second), act("mine"));
    ChangeId decision = story.says(DESK, seen(other), choose(ACT, other, second, other));
    story.says(AMAL, seen(decision), retractPlace(second, 0));

    assertThat(actState().history().get(0).fate()).isEqualTo(Assertion.Fate.STANDING);
    assertThat(actState().status()).isEqualTo(Status.DECIDED);
  }
}
