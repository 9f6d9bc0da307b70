package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.AMAL_TABLET;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.People.CYRINE;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.People.OTHER_DESK;
import static dev.cairn.protocol.merge.Story.ACT;
import static dev.cairn.protocol.merge.Story.DATE;
import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.choose;
import static dev.cairn.protocol.merge.Story.date;
import static dev.cairn.protocol.merge.Story.decide;
import static dev.cairn.protocol.merge.Story.keepAll;
import static dev.cairn.protocol.merge.Story.retractRecord;
import static dev.cairn.protocol.merge.Story.seen;
import static dev.cairn.protocol.merge.Story.text;
import static dev.cairn.protocol.merge.Story.undo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cases that must come out exactly so. */
class ConflictCasesTest {

  private final Story story = new Story();
  private final ChangeId opening = story.opens(AMAL, date("2025-03"));

  private FieldState onlyConflict() {
    List<FieldState> conflicts = story.merged().conflicts();
    assertThat(conflicts).hasSize(1);
    return conflicts.get(0);
  }

  private FieldState state(Field field) {
    return story.merged().field(field).orElseThrow();
  }

  private static List<CborValue> values(FieldState field) {
    List<CborValue> values = new ArrayList<>();
    field.values().forEach(value -> values.add(value.value()));
    return values;
  }

  private static Set<DeviceId> signers(FieldState field) {
    Set<DeviceId> signers = new HashSet<>();
    for (FieldValue value : field.values()) {
      value.assertions().forEach(assertion -> signers.add(assertion.origin().device()));
    }
    return signers;
  }

  @Test
  void edits_ofDifferentFieldsByDifferentPeople_areNoConflict() {
    story.says(AMAL, seen(opening), act("shelling"));
    story.says(BASIL, seen(opening), date("2025-03"));

    assertThat(story.merged().conflicts()).isEmpty();
  }

  @Test
  void sameField_equalValues_areNoConflict() {
    story.says(AMAL, seen(opening), act("shelling"));
    story.says(BASIL, seen(opening), act("shelling"));

    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(state(ACT).values()).hasSize(1);
    assertThat(signers(state(ACT))).containsExactlyInAnyOrder(AMAL, BASIL);
  }

  @Test
  void sameField_differentAndNeitherSawTheOther_isOneConcurrentConflictWithBoth() {
    story.says(AMAL, seen(opening), act("shelling"));
    story.says(BASIL, seen(opening), act("raid"));

    FieldState conflict = onlyConflict();
    assertThat(conflict.status()).isEqualTo(Status.CONCURRENT);
    assertThat(values(conflict)).containsExactlyInAnyOrder(text("shelling"), text("raid"));
    assertThat(signers(conflict)).containsExactlyInAnyOrder(AMAL, BASIL);
  }

  @Test
  void sameField_theLaterHadSeenTheFirst_isOneCorrection() {
    ChangeId first = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId later = story.says(BASIL, seen(first), act("raid"));

    FieldState conflict = onlyConflict();
    assertThat(conflict.status()).isEqualTo(Status.CORRECTION);
    assertThat(values(conflict)).containsExactlyInAnyOrder(text("shelling"), text("raid"));
    assertThat(conflict.shown()).contains(text("raid"));
    assertThat(conflict.history().get(1).origin().change()).isEqualTo(later);
    assertThat(conflict.history().get(1).seen()).containsExactly(first);
  }

  @Test
  void sameField_threeWays_isOneConflictOfThreeValues() {
    ChangeId first = story.says(AMAL, seen(opening), act("shelling"));
    story.says(BASIL, seen(first), act("raid"));
    story.says(CYRINE, seen(opening), act("mine"));

    FieldState conflict = onlyConflict();
    assertThat(conflict.status()).isEqualTo(Status.CONCURRENT);
    assertThat(conflict.values()).hasSize(3);
  }

  @Test
  void sameMember_editsTwice_isNoConflictAndKeepsHistory() {
    ChangeId first = story.says(AMAL, seen(opening), act("shelling"));
    story.says(AMAL, seen(first), act("raid"));

    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(state(ACT).shown()).contains(text("raid"));
    assertThat(state(ACT).history())
        .extracting(Assertion::value)
        .containsExactly(text("shelling"), text("raid"));
  }

  @Test
  void sameMember_onTwoDevicesAtOnce_isNoConflict() {
    story.says(AMAL, seen(opening), act("shelling"));
    story.says(AMAL_TABLET, seen(opening), act("raid"));

    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(state(ACT).shown()).contains(text("raid"));
  }

  @Test
  void edit_againstRetraction_keepsBothForReview() {
    story.says(AMAL, seen(opening), retractRecord());
    story.says(BASIL, seen(opening), act("raid"));

    FieldState conflict = onlyConflict();
    assertThat(conflict.field()).isEqualTo(Field.RECORD);
    assertThat(conflict.status()).isEqualTo(Status.CONCURRENT);
    assertThat(signers(conflict)).containsExactlyInAnyOrder(AMAL, BASIL);
    assertThat(story.merged().visible()).isTrue();
    assertThat(state(ACT).shown()).contains(text("raid"));
  }

  @Test
  void decision_namingAllThatStands_settlesTheField() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(one, other), choose(ACT, one, one, other));

    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(state(ACT).status()).isEqualTo(Status.DECIDED);
    assertThat(state(ACT).shown()).contains(text("shelling"));
    assertThat(state(ACT).values()).hasSize(2);
  }

  @Test
  void decision_forAnotherValue_settlesTheField() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(one, other), decide(ACT, "air strike", one, other));

    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(state(ACT).shown()).contains(text("air strike"));
  }

  @Test
  void decision_keepingAll_settlesTheFieldAndShowsNoneAsTheOne() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(one, other), keepAll(ACT, one, other));

    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(state(ACT).status()).isEqualTo(Status.KEPT_ALL);
    assertThat(state(ACT).shown()).isEmpty();
    assertThat(values(state(ACT))).hasSize(2);
  }

  @Test
  void lateThirdValue_afterTheDecision_reopens() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(one, other), choose(ACT, one, one, other));
    story.says(CYRINE, seen(opening), act("mine"));

    FieldState conflict = onlyConflict();
    assertThat(conflict.status()).isEqualTo(Status.REOPENED);
    assertThat(values(conflict)).contains(text("mine"), text("shelling"));
  }

  @Test
  void lateValue_equalToTheDecision_doesNotReopen() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(one, other), choose(ACT, one, one, other));
    story.says(CYRINE, seen(opening), act("shelling"));

    assertThat(story.merged().conflicts()).isEmpty();
  }

  @Test
  void lateThirdValue_afterAllWereKept_reopens() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(one, other), keepAll(ACT, one, other));
    story.says(CYRINE, seen(opening), act("mine"));

    assertThat(onlyConflict().status()).isEqualTo(Status.REOPENED);
    assertThat(values(onlyConflict())).hasSize(3);
  }

  @Test
  void desks_decidingDifferentlyAtOnce_areOneConflictBetweenDecisions() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(one, other), choose(ACT, one, one, other));
    story.says(OTHER_DESK, seen(one, other), choose(ACT, other, one, other));

    FieldState conflict = onlyConflict();
    assertThat(conflict.status()).isEqualTo(Status.DECISIONS_IN_CONFLICT);
    assertThat(conflict.decisions())
        .extracting(Decision::force)
        .containsExactly(Decision.Force.IN_FORCE, Decision.Force.IN_FORCE);
  }

  @Test
  void desks_decidingAlikeAtOnce_areNoConflict() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(one, other), choose(ACT, one, one, other));
    story.says(OTHER_DESK, seen(one, other), decide(ACT, "shelling", one, other));

    assertThat(story.merged().conflicts()).isEmpty();
  }

  @Test
  void decision_thatHadSeenBothDecisions_settlesThem() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    ChangeId mine = story.says(DESK, seen(one, other), choose(ACT, one, one, other));
    ChangeId theirs = story.says(OTHER_DESK, seen(one, other), choose(ACT, other, one, other));
    story.says(DESK, seen(mine, theirs), choose(ACT, other, one, other));

    assertThat(story.merged().conflicts()).isEmpty();
    assertThat(state(ACT).shown()).contains(text("raid"));
  }

  @Test
  void decision_undone_leavesTheConflictAsItWas() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    ChangeId decision = story.says(DESK, seen(one, other), choose(ACT, one, one, other));
    story.says(OTHER_DESK, seen(decision), undo(decision));

    assertThat(onlyConflict().status()).isEqualTo(Status.CONCURRENT);
  }

  @Test
  void undo_undone_letsTheDecisionHoldAgain() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    ChangeId decision = story.says(DESK, seen(one, other), choose(ACT, one, one, other));
    ChangeId undo = story.says(OTHER_DESK, seen(decision), undo(decision));
    story.says(DESK, seen(undo), undo(undo));

    assertThat(story.merged().conflicts()).isEmpty();
  }

  @Test
  void decision_byAReporter_isRefusedAndSettlesNothing() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(AMAL, seen(one, other), choose(ACT, one, one, other));

    assertThat(onlyConflict().status()).isEqualTo(Status.CONCURRENT);
    assertThat(story.merged().refused())
        .extracting(Refusal::reason)
        .containsExactly(Refusal.Reason.ROLE);
  }

  @Test
  void morePreciseDate_besideALessPreciseOne_isStillAConflict() {
    story.says(BASIL, seen(opening), date("2025-03-07"));

    assertThat(onlyConflict().field()).isEqualTo(DATE);
  }

  @Test
  void changes_inEveryOrderOfArrival_giveTheSameDigest() {
    ChangeId one = story.says(AMAL, seen(opening), act("shelling"));
    ChangeId other = story.says(BASIL, seen(opening), act("raid"));
    story.says(DESK, seen(one, other), choose(ACT, one, one, other));
    story.says(OTHER_DESK, seen(one, other), choose(ACT, other, one, other));
    story.says(CYRINE, seen(one), act("mine"), retractRecord());

    Set<String> digests = new HashSet<>();
    Orders.of(story.changes())
        .forEach(
            order -> {
              RecordState state = RecordMerge.merge(order, new People());
              digests.add(state.canonicalDigest().toString());
            });
    assertThat(digests).hasSize(1);
  }
}
