package dev.cairn.desk.review;

import static dev.cairn.desk.review.PretendHoldings.COORDINATOR;
import static dev.cairn.desk.review.PretendHoldings.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Links;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.ReviewState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewingTest {

  private static final RecordId RECORD = record(1);
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
    assertThat(conflicts.get(0).kind()).isEqualTo("concurrent");
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

    assertThat(reviewing.conflicts()).extracting(Conflict::kind).containsExactly("reopened");
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
        .extracting(Conflict::kind)
        .containsExactly("decisions-in-conflict");
  }

  @Test
  void undo_ofTheDecision_bringsTheConflictBack() throws Exception {
    ChangeId decision =
        reviewing.resolve(
            RECORD, PLACE, new Operation.Outcome.Choose(contestedFirst()), "two witnesses");

    reviewing.undo(decision, "mistaken");

    assertThat(reviewing.conflicts()).extracting(Conflict::kind).containsExactly("concurrent");
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
  void link_sameAs_groupsTheTwo() throws Exception {
    contested();
    holdings.say(3, record(2), List.of(), place("Baniyas"));

    reviewing.link(RECORD, record(2), Links.Relation.SAME_AS);

    assertThat(Links.of(holdings.records().states()).groupOf(RECORD).orElseThrow().records())
        .containsExactly(RECORD, record(2));
  }
}
