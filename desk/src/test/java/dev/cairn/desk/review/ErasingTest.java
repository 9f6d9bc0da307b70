package dev.cairn.desk.review;

import static dev.cairn.desk.review.PretendHoldings.COORDINATOR;
import static dev.cairn.desk.review.PretendHoldings.own;
import static dev.cairn.desk.review.PretendHoldings.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.merge.Erased;
import dev.cairn.protocol.merge.FieldState;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.merge.Status;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ErasingTest {

  private static final RecordId RECORD = record(1);
  private static final Field PLACE = Field.of(KnownField.PLACE_EN);

  private final PretendHoldings holdings = new PretendHoldings(COORDINATOR);
  private final Erasing erasing = new Erasing(holdings);

  private static Operation place(String name) {
    return new Operation.Assert(PLACE, CborValue.of(name));
  }

  private RecordState state() {
    return holdings.records().state(RECORD).orElseThrow();
  }

  private FieldState shown() {
    return state().field(PLACE).orElseThrow();
  }

  private void isRefused(ChangeId change, String code) {
    assertThatThrownBy(() -> erasing.erase(change, "x"))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void erase_ofTheOnlyValue_showsWithdrawn_toItsReadersAndItsAuthor() throws Exception {
    ChangeId said = holdings.say(1, RECORD, List.of(), place("Baniyas"));
    Erasing.Erasure erasure = erasing.erase(said, "asked");

    assertThat(shown().status()).isEqualTo(Status.WITHDRAWN);
    assertThat(shown().history()).isEmpty();
    assertThat(erasure.tellsAuthor()).isTrue();
    assertThat(holdings.last().audience().circles())
        .containsExactlyInAnyOrder(PretendHoldings.DESK, own(1));
  }

  @Test
  void erase_withTheBodyAndWithout_givesOneState() throws Exception {
    ChangeId said =
        holdings.say(
            1,
            RECORD,
            List.of(),
            place("Baniyas"),
            new Operation.Add(Field.of(KnownField.METHODS), List.of(CborValue.of("x"))),
            new Operation.Note("n"));
    holdings.say(2, RECORD, List.of(said), place("Tartus"));
    erasing.erase(said, "asked");
    byte[] withBody = state().canonical();
    holdings.loseBody(said);

    assertThat(state().canonical()).isEqualTo(withBody);
  }

  @Test
  void erase_ofADecision_leavesWhatItsCoordinatorHadAsserted() throws Exception {
    ChangeId said = holdings.say(1, RECORD, List.of(), place("Baniyas"));
    holdings.say(COORDINATOR, RECORD, List.of(said), place("Tartus"));
    ChangeId decision =
        new Reviewing(holdings)
            .resolve(RECORD, PLACE, new Operation.Outcome.Value(CborValue.of("Jableh")), "named");
    assertThat(shown().status()).isEqualTo(Status.DECIDED);
    erasing.erase(decision, "asked");

    assertThat(shown().values()).hasSize(2);
    assertThat(shown().decisions()).isEmpty();
  }

  @Test
  void erase_ofARetraction_showsAgainWhatItHid() throws Exception {
    ChangeId said = holdings.say(1, RECORD, List.of(), place("Baniyas"));
    ChangeId retraction =
        holdings.say(
            1, RECORD, List.of(said), new Operation.Retract(new Operation.Target.Whole(), "slip"));
    assertThat(state().visible()).isFalse();
    erasing.erase(retraction, "its reason names somebody");

    assertThat(state().visible()).isTrue();
    assertThat(shown().values()).hasSize(1);
  }

  @Test
  void erase_ofWhatWentToAsManyCirclesAsCanBe_goesToTheseOnly() throws Exception {
    Set<CircleId> full = new TreeSet<>();
    full.add(PretendHoldings.DESK);
    for (int i = 1; full.size() < Limits.AUDIENCE_CIRCLES_MAX; i++) {
      byte[] circle = new byte[16];
      circle[0] = (byte) i;
      full.add(CircleId.of(circle));
    }
    ChangeId said = holdings.sayTo(Audience.of(full), 1, RECORD, List.of(), place("Baniyas"));
    Erasing.Erasure erasure = erasing.erase(said, "asked");

    assertThat(erasure.tellsAuthor()).isFalse();
    assertThat(holdings.last().audience()).isEqualTo(Audience.of(full));
    assertThat(shown().status()).isEqualTo(Status.WITHDRAWN);
  }

  @Test
  void erase_ofWhatADeviceThatWasCutOffWrote_goesToTheReadersOnly() throws Exception {
    ChangeId said = holdings.say(1, RECORD, List.of(), place("Baniyas"));
    holdings.close(own(1));

    assertThat(erasing.erase(said, "asked").tellsAuthor()).isFalse();
    assertThat(shown().status()).isEqualTo(Status.WITHDRAWN);
  }

  @Test
  void erase_ofWhatCannotBe_isRefused() throws CairnException {
    ChangeId said = holdings.say(1, RECORD, List.of(), place("Baniyas"));
    ChangeId gone = holdings.say(2, RECORD, List.of(said), place("Tartus"));
    holdings.loseBody(gone);

    isRefused(ChangeId.of(new byte[ChangeId.SIZE_BYTES]), "change.unknown");
    isRefused(holdings.session(1), "change.session");
    isRefused(gone, "change.unreadable");
    ChangeId erasure = erasing.erase(said, "asked").change();
    isRefused(said, "change.erased");
    isRefused(erasure, "change.erasure");
    assertThat(state().erased()).hasSize(1);
  }

  /** Its first withdrawal was by somebody who was cut off for an earlier time since. */
  @Test
  void erase_ofWhatIsGoneAndNotWithdrawnAnyMore_isWithdrawnAgain() throws Exception {
    ChangeId said = holdings.say(1, RECORD, List.of(), place("Baniyas"));
    holdings.say(2, RECORD, List.of(said), place("Tartus"));
    ChangeId first = erasing.erase(said, "asked").change();
    holdings.loseBody(said);
    holdings.cutOffBefore(first);
    assertThat(state().erased()).isEmpty();
    Erasing.Erasure again = new Erasing(holdings).erase(said, "asked");

    assertThat(again.record()).isEqualTo(RECORD);
    assertThat(state().erased()).extracting(Erased::change).containsExactly(said);
    assertThat(holdings.last().audience().circles())
        .containsExactlyInAnyOrder(PretendHoldings.DESK, own(1));
    isRefused(said, "change.erased");
  }

  /** Another desk may be able to open it; what this one would withdraw it cannot tell. */
  @Test
  void erase_ofWhatDoesNotOpenHere_thoughSomebodyNamedItWithoutForce_isRefused() throws Exception {
    ChangeId said = holdings.say(1, RECORD, List.of(), place("Baniyas"));
    ChangeId first = erasing.erase(said, "asked").change();
    holdings.sealBody(said);
    holdings.cutOffBefore(first);

    isRefused(said, "change.unreadable");
  }

  @Test
  void erase_byWhoMayNot_isRefused() throws CairnException {
    PretendHoldings reporter = new PretendHoldings(1);
    ChangeId said = reporter.say(1, RECORD, List.of(), place("Baniyas"));

    assertThatThrownBy(() -> new Erasing(reporter).erase(said, "x"))
        .isInstanceOfSatisfying(
            RefusedException.class, no -> assertThat(no.code()).isEqualTo("role.missing"));
  }
}
