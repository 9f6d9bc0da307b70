package dev.cairn.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.SigningKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody takes the place of others, and who is cut off cannot prevent it by writing before. */
class StatementTallyTest {

  private static final int FOUNDING = 3;
  private static final int MEMBER = 3;

  private final Crew crew = new Crew(5);
  private final SigningKey coordinator = crew.member(crew.owner, Role.COORDINATOR);
  private final SigningKey reporter = crew.member(crew.owner, Role.REPORTER);
  private final int held = FOUNDING + 2 * MEMBER;

  private static Quotas quotas(int space, int coordinator, int reporter) {
    return new Quotas(1, 1, space, coordinator, reporter, 1);
  }

  private java.util.Optional<RefusalCode> refusal(Statement statement, Quotas quotas) {
    return new StatementTally(crew.roster).refusal(statement, quotas);
  }

  @Test
  void space_withRoom_takesOneMore() {
    assertThat(refusal(crew.invite(crew.owner), quotas(held + 1, 9, 9))).isEmpty();
  }

  @Test
  void space_thatIsFull_takesNoMore() {
    assertThat(refusal(crew.invite(crew.owner), quotas(held, 9, 9)))
        .contains(RefusalCode.QUOTA_SPACE);
  }

  @Test
  void space_thatIsFull_takesAnOwnersSuspension() {
    assertThat(refusal(crew.suspend(coordinator, crew.owner), quotas(held, 9, 9))).isEmpty();
  }

  @Test
  void space_thatIsFull_takesNoCoordinatorsSuspension() {
    assertThat(refusal(crew.suspend(reporter, coordinator), quotas(held, 9, 9)))
        .contains(RefusalCode.QUOTA_SPACE);
  }

  @Test
  void space_thatIsFull_takesTheRecoveryKeysWord() {
    Statement replacement =
        new RosterWriter(crew.roster, crew.randomness)
            .replacement(
                crew.recovery,
                SigningKey.generate(crew.randomness),
                EncryptionKey.generate(crew.randomness).publicKey(),
                List.of(),
                "Heir");

    assertThat(refusal(replacement, quotas(0, 0, 0))).isEmpty();
    assertThat(refusal(crew.suspend(crew.owner, crew.recovery), quotas(0, 0, 0))).isEmpty();
  }

  @Test
  void owner_hasAPlaceForSuspensionsAndNoMore() {
    crew.add(crew.suspendNobody(crew.owner));

    assertThat(refusal(crew.suspend(reporter, crew.owner), quotas(held, 2, 9))).isEmpty();
    assertThat(refusal(crew.suspend(reporter, crew.owner), quotas(99, 1, 9)))
        .contains(RefusalCode.QUOTA_DEVICE);
  }

  @Test
  void coordinator_hasAShare() {
    crew.add(crew.suspendNobody(coordinator));

    assertThat(refusal(crew.invite(coordinator), quotas(99, 2, 0))).isEmpty();
    assertThat(refusal(crew.invite(coordinator), quotas(99, 1, 9)))
        .contains(RefusalCode.QUOTA_DEVICE);
  }

  @Test
  void coordinator_whoIsCutOff_keepsHisShare() {
    crew.add(crew.suspend(coordinator, crew.owner));

    assertThat(refusal(crew.suspendNobody(coordinator), quotas(99, 1, 0))).isEmpty();
  }

  @Test
  void reporter_hasASmallerShare() {
    Statement epoch = new RosterWriter(crew.roster, crew.randomness).ownEpoch(reporter).statement();

    assertThat(refusal(epoch, quotas(99, 9, 1))).isEmpty();
    crew.add(epoch);
    assertThat(refusal(epoch, quotas(99, 9, 1))).contains(RefusalCode.QUOTA_DEVICE);
  }

  @Test
  void admission_isOnTheAccountOfWhoInvited() {
    SigningKey oneTime = SigningKey.generate(crew.randomness);
    Statement invitation = crew.add(crew.invite(coordinator, Role.REPORTER, oneTime));
    Statement admission = crew.admit(invitation, oneTime, SigningKey.generate(crew.randomness));

    assertThat(refusal(admission, quotas(99, 2, 0))).isEmpty();
    assertThat(refusal(admission, quotas(99, 1, 9))).contains(RefusalCode.QUOTA_DEVICE);
  }

  @Test
  void whatACutOffDeviceSigned_takesNoPlaceOfOthers() {
    for (int i = 0; i < 4; i++) {
      crew.add(crew.suspendNobody(coordinator));
    }
    assertThat(refusal(crew.invite(crew.owner), quotas(held + 4, 9, 9)))
        .contains(RefusalCode.QUOTA_SPACE);
    crew.add(crew.suspend(coordinator, crew.owner));

    // His four statements are gone from the count, and his admission.
    assertThat(refusal(crew.invite(crew.owner), quotas(held, 9, 9))).isEmpty();
    assertThat(refusal(crew.invite(crew.owner), quotas(held - 1, 9, 9)))
        .contains(RefusalCode.QUOTA_SPACE);
  }
}
