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
import static dev.cairn.protocol.merge.Story.retractRecord;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.tag;
import static dev.cairn.protocol.merge.Story.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErasureTest {

  private final Story story = new Story();
  private final ChangeId opening = story.opens(AMAL, act("shelling"));

  private FieldState actState() {
    return story.merged().field(ACT).orElseThrow();
  }

  private Operation.Erase erase(ChangeId erased, ChangeId... parents) {
    return new Operation.Erase(
        erased, AMAL, false, Arrays.asList(parents), Arrays.asList(ACT, TAGS), "asked");
  }

  private RecordState withoutBodyOf(ChangeId erased) {
    List<MergeChange> held = new ArrayList<>(story.changes());
    held.removeIf(change -> change.id().equals(erased));
    return RecordMerge.merge(held, story.erasures(), new People());
  }

  @Test
  void onlyValue_erased_showsWithdrawn() {
    story.erases(DESK, seen(opening), erase(opening));

    assertThat(actState().status()).isEqualTo(Status.WITHDRAWN);
    assertThat(actState().history()).isEmpty();
    assertThat(story.merged().erased()).hasSize(1);
    assertThat(withoutBodyOf(opening).canonical()).isEqualTo(story.merged().canonical());
  }

  @Test
  void latestValue_erased_doesNotBringBackWhatItReplaced() {
    ChangeId second = story.says(AMAL, seen(opening), act("raid"));
    story.erases(DESK, seen(second), erase(second, opening));

    assertThat(actState().status()).isEqualTo(Status.WITHDRAWN);
    assertThat(actState().history())
        .extracting(Assertion::fate)
        .containsExactly(Assertion.Fate.SUPERSEDED);
  }

  @Test
  void erasedChange_stillConnectsWhatSawItWithWhatItSaw() {
    ChangeId between = story.says(BASIL, seen(opening), tag("school"));
    story.says(CYRINE, seen(between), act("raid"));
    story.erases(
        DESK,
        seen(between),
        new Operation.Erase(
            between, BASIL, false, seen(opening), Collections.singletonList(TAGS), "asked"));

    assertThat(withoutBodyOf(between).field(ACT).orElseThrow().status())
        .isEqualTo(Status.CORRECTION);
    assertThat(withoutBodyOf(between).canonical()).isEqualTo(story.merged().canonical());
  }

  @Test
  void opening_erased_leavesItsMemberTheOpener() {
    story.says(AMAL, seen(opening), retractRecord());
    story.erases(
        DESK,
        seen(opening),
        new Operation.Erase(opening, AMAL, true, seen(), Collections.singletonList(ACT), "asked"));

    assertThat(withoutBodyOf(opening).visible()).isFalse();
  }

  @Test
  void erasure_byAReporter_isRefused() {
    story.erases(BASIL, seen(opening), erase(opening));

    assertThat(actState().shown()).contains(text("shelling"));
    assertThat(story.merged().refused()).hasSize(1);
  }

  @Test
  void erasure_thatThePrefixDoesNotName_isRefused() {
    story.says(DESK, seen(opening), erase(opening));

    assertThat(actState().shown()).contains(text("shelling"));
    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.NOT_IN_PREFIX);
  }

  @Test
  void erasure_ofAnErasure_isRefused() {
    ChangeId erasure = story.erases(DESK, seen(opening), erase(opening));
    story.erases(OTHER_DESK, seen(erasure), erase(erasure));

    assertThat(actState().status()).isEqualTo(Status.WITHDRAWN);
    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.ERASES_ERASURE);
  }

  /** A coordinator may erase what he wrote himself; not what he says somebody else wrote. */
  @Test
  void erasure_ofTheOwnComment_saidToBeTheReporters_withdrawsNothingOfTheReporter() {
    ChangeId comment = story.says(DESK, seen(opening), new Operation.Comment("x"));
    story.erases(DESK, seen(comment), erase(comment, opening));

    assertThat(actState().shown()).contains(text("shelling"));
    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.NOT_ITS_AUTHOR);
    assertThat(withoutBodyOf(comment).canonical()).isEqualTo(story.merged().canonical());
  }

  @Test
  void erasure_withoutAnAccount_takesTheContentAndNothingElse() {
    ChangeId second = story.says(AMAL, seen(opening), act("raid"));
    story.erases(DESK, seen(second), second, new Operation.Comment("hello"));

    assertThat(actState().shown()).contains(text("shelling"));
    assertThat(story.merged().erased()).extracting(Erased::accounted).containsExactly(false);
    assertThat(withoutBodyOf(second).canonical()).isEqualTo(story.merged().canonical());
  }

  @Test
  void erasure_ofWhatIsNotHeld_waits() {
    ChangeId elsewhere = Story.id(9_000);
    story.erases(DESK, seen(opening), erase(elsewhere, opening));

    assertThat(actState().shown()).contains(text("shelling"));
    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.OUT_OF_REACH);
  }

  @Test
  void erasure_thatIsSentToFewerThanTheChange_isRefused() {
    Story wide = new Story().to(Story.DESK_AND_FIELD);
    ChangeId report = wide.opens(AMAL, act("shelling"));
    wide.to(Story.DESK).erases(DESK, seen(report), erase(report));

    assertThat(wide.merged().field(ACT).orElseThrow().shown()).contains(text("shelling"));
    assertThat(wide.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.OUT_OF_REACH);
  }

  @Test
  void erasure_thatIsSentToMoreThanTheChange_isRefusedWhereTheChangeWasNotSent() {
    Story narrow = new Story();
    ChangeId report = narrow.opens(AMAL, act("shelling"));
    narrow.to(Story.DESK_AND_FIELD).erases(DESK, seen(report), erase(report));
    List<MergeChange> field = narrow.changes().subList(1, 2);

    assertThat(narrow.merged().erased()).hasSize(1);
    assertThat(
            RecordMerge.merge(field, narrow.erasures().in(Story.circle(2)), new People()).refused())
        .hasSize(1);
    assertThat(RecordMerge.merge(field, narrow.erasures().in(Story.circle(2)), new People()))
        .extracting(RecordState::canonical)
        .isEqualTo(
            RecordMerge.merge(
                    field, Erasures.of(narrow.labels().subList(1, 2), new People()), new People())
                .canonical());
  }

  /** Judged by the label alone, else it would change with the roster whose body may be dropped. */
  @Test
  void erasure_ofAReportersChangeThatNamesAnErasedOne_isRefusedToo() {
    ChangeId tried = story.erases(BASIL, seen(opening), erase(opening));
    story.erases(DESK, seen(tried), erase(tried));

    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.ROLE, Refusal.Reason.ERASES_ERASURE);
  }

  @Test
  void erasure_withADescendantAmongTheParents_runsInNoCircle() {
    ChangeId later = story.says(BASIL, seen(opening), act("raid"));
    story.erases(DESK, seen(later), erase(opening, later));

    assertThat(actState().shown()).contains(text("raid"));
    assertThat(withoutBodyOf(opening).canonical()).isEqualTo(story.merged().canonical());
  }

  @Test
  void decision_thatChoseTheErasedValue_waits() {
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(opening, other), choose(ACT, opening, opening, other));
    story.erases(DESK, seen(other), erase(opening));

    assertThat(actState().shown()).contains(text("raid"));
    assertThat(actState().decisions())
        .extracting(Decision::force)
        .containsExactly(Decision.Force.WAITING);
  }
}
