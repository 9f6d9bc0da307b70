package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Removal wins over concurrent addition, higher rank over lower, the recovery key over all. */
class SuspensionTest {

  private final Organisation org = new Organisation(3);
  private final Person coordinator = org.coordinator();
  private final Person other = org.coordinator();
  private final Person reporter = org.reporter();

  @Test
  void reporter_suspendedByCoordinator_isSuspended() {
    org.suspend(coordinator, reporter);

    assertThat(org.state().device(reporter.id()).orElseThrow().state())
        .isEqualTo(DeviceEntry.State.SUSPENDED);
  }

  @Test
  void suspension_byReporter_isPowerless() {
    Statement suspension = org.suspend(reporter, coordinator);

    assertThat(org.verdict(suspension)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().isSuspended(coordinator.id())).isFalse();
  }

  @Test
  void owner_suspendedByCoordinator_staysIn() {
    Statement suspension = org.suspend(coordinator, org.owner);

    assertThat(org.verdict(suspension)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().isSuspended(org.owner.id())).isFalse();
  }

  @Test
  void owner_suspendedByRecoveryKey_isSuspended() {
    Suspension cut = org.writer().cut(org.owner.id(), List.of());
    org.sign(cut, org.recoverySigning);

    assertThat(org.state().isSuspended(org.owner.id())).isTrue();
  }

  @Test
  void coordinator_suspended_keepsWhatWasLetStand() {
    Person invited = org.member(coordinator, Role.REPORTER);
    org.suspend(org.owner, coordinator);

    assertThat(org.state().device(invited.id())).isPresent();
    assertThat(org.state().mayDecide(coordinator.id())).isTrue();
    assertThat(org.state().device(coordinator.id()).orElseThrow().coordinates()).isFalse();
  }

  @Test
  void coordinator_suspended_losesWhatWasNotLetStand() {
    Person invited = org.member(coordinator, Role.REPORTER);
    org.sign(new Suspension(coordinator.id(), List.of(), List.of()), org.owner.signing);

    assertThat(org.state().device(invited.id())).isEmpty();
    assertThat(org.state().device(coordinator.id())).isPresent();
  }

  @Test
  void coordinator_suspended_laterInvitationIsVoid() {
    org.suspend(org.owner, coordinator);
    Person late = org.person();
    Statement invitation = org.invite(coordinator, Role.REPORTER);
    org.admit(invitation, late);

    assertThat(org.verdict(invitation)).isEqualTo(StatementVerdict.VOID);
    assertThat(org.state().device(late.id())).isEmpty();
  }

  @Test
  void coordinator_suspended_concurrentInvitationIsVoid() {
    RosterState before = org.state();
    org.suspend(org.owner, coordinator);
    Statement invitation = org.invite(before, coordinator, Role.REPORTER);

    assertThat(org.verdict(invitation)).isEqualTo(StatementVerdict.VOID);
  }

  @Test
  void suspension_bySuspendedCoordinatorWhoKnewIt_countsUntilAnOwnerCutsHimOff() {
    org.suspend(other, coordinator);
    Statement revenge = org.suspend(coordinator, reporter);
    assertThat(org.verdict(revenge)).isEqualTo(StatementVerdict.STANDS);

    org.suspend(org.owner, coordinator);
    assertThat(org.verdict(revenge)).isEqualTo(StatementVerdict.VOID);
    assertThat(org.state().isSuspended(reporter.id())).isFalse();
  }

  @Test
  void coordinators_suspendingEachOtherAtOnce_areBothSuspended() {
    RosterState before = org.state();
    org.suspend(before, coordinator, other);
    org.suspend(before, other, coordinator);

    assertThat(org.state().isSuspended(coordinator.id())).isTrue();
    assertThat(org.state().isSuspended(other.id())).isTrue();
  }

  @Test
  void suspension_concurrentWithOwnSuspensionByAnEqual_counts() {
    RosterState before = org.state();
    org.suspend(other, coordinator);
    org.suspend(before, coordinator, reporter);

    assertThat(org.state().isSuspended(reporter.id())).isTrue();
  }

  @Test
  void suspension_thatAnOwnerDidNotLetStand_doesNotCount() {
    RosterState before = org.state();
    org.suspend(org.owner, coordinator);
    org.suspend(before, coordinator, reporter);

    assertThat(org.state().isSuspended(reporter.id())).isFalse();
  }

  @Test
  void suspension_thatAnOwnerLetStand_counts() {
    org.suspend(coordinator, reporter);
    org.suspend(org.owner, coordinator);

    assertThat(org.state().isSuspended(reporter.id())).isTrue();
  }

  @Test
  void suspension_byACoordinatorMadeWithAStolenKeyAfterwards_doesNotCount() {
    RosterState before = org.state();
    org.suspend(org.owner, coordinator);
    Person puppet = org.person();
    Statement admission =
        org.admit(before, org.invite(before, coordinator, Role.COORDINATOR), puppet);
    org.confirm(before, coordinator, admission);
    org.suspend(before, puppet, reporter);

    assertThat(org.state().isSuspended(reporter.id())).isFalse();
  }

  @Test
  void suspensionOfAnUnknownDevice_countsOnceItComesIn() {
    Person unknown = org.person();
    org.sign(new Suspension(unknown.id(), List.of(), List.of()), coordinator.signing);
    org.admit(org.invite(org.owner, Role.REPORTER), unknown);

    assertThat(org.state().device(unknown.id()).orElseThrow().state())
        .isEqualTo(DeviceEntry.State.SUSPENDED);
  }

  @Test
  void statement_keptByOneSuspensionAndNotByAnother_isVoid() {
    Statement invitation = org.invite(coordinator, Role.REPORTER);
    org.suspend(org.owner, coordinator);
    org.sign(new Suspension(coordinator.id(), List.of(), List.of()), other.signing);

    assertThat(org.verdict(invitation)).isEqualTo(StatementVerdict.VOID);
  }

  @Test
  void replacement_byRecoveryKey_makesAnOwnerAndSuspendsTheLost() {
    Person heir = org.person();
    org.add(replacement(heir));

    assertThat(org.state().device(heir.id()).orElseThrow().role()).isEqualTo(Role.OWNER);
    assertThat(org.state().isSuspended(org.owner.id())).isTrue();
    assertThat(org.state().mayDecide(coordinator.id())).isTrue();
  }

  private Statement replacement(Person heir) {
    return org.writer()
        .replacement(
            org.recoverySigning,
            heir.signing,
            heir.encryption.publicKey(),
            List.of(org.writer().cut(org.owner.id(), null)),
            "Heir");
  }

  @Test
  void replacement_byAnotherKeyThanRecovery_isPowerless() {
    Statement replacement =
        org.add(
            org.writer()
                .replacement(
                    coordinator.signing,
                    reporter.signing,
                    reporter.encryption.publicKey(),
                    List.of(),
                    "Usurper"));

    assertThat(org.verdict(replacement)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().device(reporter.id()).orElseThrow().role()).isEqualTo(Role.REPORTER);
  }

  @Test
  void newOwner_suspendedByTheReplacedOneWithAnOldLookingStatement_staysIn() {
    RosterState before = org.state();
    Person heir = org.person();
    org.add(replacement(heir));
    Statement revenge = org.suspend(before, org.owner, heir);

    assertThat(org.verdict(revenge)).isEqualTo(StatementVerdict.VOID);
    assertThat(org.state().isSuspended(heir.id())).isFalse();
  }

  @Test
  void replacedOwner_movingTheSpaceAfterwards_movesNothing() {
    RosterState before = org.state();
    org.add(replacement(org.person()));
    Statement move =
        org.add(
            org.writer(before)
                .move(
                    new ServerAddress("https://trap.example", null),
                    org.log("trap.example"),
                    reporter.encryption.publicKey(),
                    org.owner.signing));

    assertThat(org.verdict(move)).isEqualTo(StatementVerdict.VOID);
    assertThat(org.state().move()).isEmpty();
  }
}
