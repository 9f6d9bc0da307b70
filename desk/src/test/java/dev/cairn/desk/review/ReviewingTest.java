package dev.cairn.desk.review;

import static dev.cairn.desk.review.PretendHoldings.COORDINATOR;
import static dev.cairn.desk.review.PretendHoldings.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.merge.Links;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.ReviewState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewingTest {

  private static final RecordId RECORD = record(1);
  private static final CircleId DESK = PretendHoldings.DESK;
  private static final CircleId CLINIC = circle(40);
  private static final CircleId COURT = circle(41);
  private static final Field PLACE = Field.of(KnownField.PLACE_EN);

  private final PretendHoldings holdings = new PretendHoldings(COORDINATOR);
  private final Reviewing reviewing = new Reviewing(holdings);

  private static Operation place(String name) {
    return new Operation.Assert(PLACE, CborValue.of(name));
  }

  private ChangeId contested() {
    ChangeId opening = holdings.say(1, RECORD, List.of(), place("Baniyas"));
    holdings.say(2, RECORD, List.of(opening), new Operation.Note("seen"));
    holdings.say(2, RECORD, List.of(), place("Tartus"));
    return opening;
  }

  @Test
  void conflicts_twoValuesUnseen_oneConcurrentWithBothSigners() throws Exception {
    contested();

    List<Conflict> conflicts = reviewing.conflicts();

    assertThat(conflicts).hasSize(1);
    assertThat(conflicts.get(0).rule()).isEqualTo("concurrent");
    assertThat(conflicts.get(0).values())
        .extracting(Conflict.Side::device)
        .containsExactlyInAnyOrder(PretendHoldings.device(1), PretendHoldings.device(2));
  }

  @Test
  void resolve_byChoice_settlesTheField() throws Exception {
    ChangeId chosen = contested();

    reviewing.resolve(RECORD, PLACE, new Operation.Outcome.Choose(chosen), "two witnesses");

    assertThat(reviewing.conflicts()).isEmpty();
  }

  @Test
  void resolve_thenAThirdValue_reopens() throws Exception {
    ChangeId chosen = contested();
    reviewing.resolve(RECORD, PLACE, new Operation.Outcome.Choose(chosen), "two witnesses");

    holdings.say(3, RECORD, List.of(chosen), place("Latakia"));

    assertThat(reviewing.conflicts()).extracting(Conflict::rule).containsExactly("reopened");
  }

  @Test
  void resolve_atTwoDesksAtOnce_isOneConflictBetweenDecisions() throws Exception {
    ChangeId chosen = contested();
    PretendHoldings other = holdings.copyFor(COORDINATOR + 1);
    reviewing.resolve(RECORD, PLACE, new Operation.Outcome.Choose(chosen), "one");
    new Reviewing(other)
        .resolve(RECORD, PLACE, new Operation.Outcome.Value(CborValue.of("Jableh")), "two");

    holdings.take(other);

    assertThat(reviewing.conflicts())
        .extracting(Conflict::rule)
        .containsExactly("decisions-in-conflict");
  }

  @Test
  void undo_ofTheDecision_bringsTheConflictBack() throws Exception {
    ChangeId decision =
        reviewing.resolve(
            RECORD, PLACE, new Operation.Outcome.Choose(contestedFirst()), "two witnesses");

    reviewing.undo(decision, "mistaken");

    assertThat(reviewing.conflicts()).extracting(Conflict::rule).containsExactly("concurrent");
  }

  private ChangeId contestedFirst() {
    return contested();
  }

  @Test
  void resolve_fieldNobodyStated_isRefused() {
    contested();
    Field other = Field.of(KnownField.METHOD);

    assertThatThrownBy(
            () -> reviewing.resolve(RECORD, other, new Operation.Outcome.KeepAll(), "why"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void resolve_choosingAForeignChange_isRefused() {
    contested();
    ChangeId note = holdings.say(1, record(2), List.of(), place("Homs"));

    assertThatThrownBy(
            () -> reviewing.resolve(RECORD, PLACE, new Operation.Outcome.Choose(note), "why"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void sendBack_goesToTheDeskAndWhoOpenedTheRecord() throws Exception {
    contested();

    reviewing.sendBack(RECORD, "Which day?");

    assertThat(holdings.last().audience().circles())
        .containsExactlyInAnyOrder(PretendHoldings.DESK, PretendHoldings.own(1));
  }

  @Test
  void state_goesToTheDeskAndWhoOpenedTheRecord() throws Exception {
    contested();

    reviewing.state(RECORD, ReviewState.REVIEWED);

    assertThat(holdings.last().audience().circles()).contains(PretendHoldings.own(1));
  }

  @Test
  void comment_staysWithTheDesk() throws Exception {
    contested();

    reviewing.comment(RECORD, "compare with the other one");

    assertThat(holdings.last().audience().circles()).containsExactly(PretendHoldings.DESK);
  }

  @Test
  void resolve_goesToTheDeskAndWhoOpenedTheRecord() throws Exception {
    ChangeId chosen = contested();

    reviewing.resolve(RECORD, PLACE, new Operation.Outcome.Choose(chosen), "two witnesses");

    assertThat(holdings.last().audience().circles())
        .containsExactlyInAnyOrder(PretendHoldings.DESK, PretendHoldings.own(1));
  }

  @Test
  void resolve_whoOpenedTheRecordIsGone_goesToTheDesk() throws Exception {
    ChangeId chosen = contested();
    holdings.close(PretendHoldings.own(1));

    reviewing.resolve(RECORD, PLACE, new Operation.Outcome.Choose(chosen), "two witnesses");

    assertThat(holdings.last().audience().circles()).containsExactly(PretendHoldings.DESK);
  }

  @Test
  void sendBack_whoOpenedTheRecordIsGone_isRefused() {
    contested();
    holdings.close(PretendHoldings.own(1));

    assertThatThrownBy(() -> reviewing.sendBack(RECORD, "Which day?"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void edit_goesToEveryCircleTheRecordWasFor() throws Exception {
    holdings.sayTo(Audience.of(DESK, CLINIC), 1, RECORD, List.of(), place("Baniyas"));
    holdings.sayTo(Audience.of(COURT), 2, RECORD, List.of(), place("Tartus"));

    reviewing.edit(RECORD, List.of(place("Jableh")));

    assertThat(holdings.last().audience().circles()).containsExactlyInAnyOrder(DESK, CLINIC, COURT);
  }

  @Test
  void edit_goesToNoCircleOfADevice() throws Exception {
    Audience wide = Audience.of(DESK, PretendHoldings.own(7));
    holdings.sayTo(wide, 1, RECORD, List.of(), place("Baniyas"));

    reviewing.edit(RECORD, List.of(place("Jableh")));

    assertThat(holdings.last().audience().circles()).containsExactly(DESK);
  }

  @Test
  void edit_recordKeptFromTheDesk_isKeptFromItToo() throws Exception {
    holdings.sayTo(Audience.of(COURT), 1, RECORD, List.of(), place("Baniyas"));

    reviewing.edit(RECORD, List.of(place("Jableh")));

    assertThat(holdings.last().audience().circles()).containsExactly(COURT);
  }

  @Test
  void comment_recordKeptFromTheDesk_isKeptFromItToo() throws Exception {
    holdings.sayTo(Audience.of(COURT), 1, RECORD, List.of(), place("Baniyas"));

    reviewing.comment(RECORD, "ask the clinic");

    assertThat(holdings.last().audience().circles()).containsExactly(COURT);
  }

  @Test
  void edit_circleThatNobodyCanWriteTo_isLeftOut() throws Exception {
    holdings.sayTo(Audience.of(DESK, CLINIC), 1, RECORD, List.of(), place("Baniyas"));
    holdings.close(CLINIC);

    reviewing.edit(RECORD, List.of(place("Jableh")));

    assertThat(holdings.last().audience().circles()).containsExactly(DESK);
  }

  @Test
  void resolve_recordInMoreCirclesThanAChangeMayName_goesToTheDeskAndItsReporter()
      throws Exception {
    ChangeId chosen = contested();
    for (int i = 1; i <= Limits.AUDIENCE_CIRCLES_MAX; i++) {
      holdings.sayTo(Audience.of(circle(i)), 2, RECORD, List.of(), place("Tartus"));
    }

    reviewing.resolve(RECORD, PLACE, new Operation.Outcome.Choose(chosen), "two witnesses");

    assertThat(holdings.last().audience().circles())
        .hasSize(Limits.AUDIENCE_CIRCLES_MAX)
        .contains(DESK, PretendHoldings.own(1));
  }

  private static CircleId circle(int number) {
    byte[] id = new byte[16];
    id[0] = (byte) number;
    return CircleId.of(id);
  }

  @Test
  void link_sameAs_groupsTheTwo() throws Exception {
    contested();
    holdings.say(3, record(2), List.of(), place("Baniyas"));

    reviewing.link(RECORD, record(2), Links.Relation.SAME_AS);

    assertThat(Links.of(holdings.records().states()).groupOf(RECORD).orElseThrow().records())
        .containsExactly(RECORD, record(2));
  }
}
