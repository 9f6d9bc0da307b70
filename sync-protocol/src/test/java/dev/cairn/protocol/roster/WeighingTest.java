package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A suspension falls with what its signer's power rests on. */
class WeighingTest {

  private final Organisation org = new Organisation(47);
  private final Person accuser = org.coordinator();
  private final Person rogue = org.coordinator();
  private final Person puppet = org.person();

  private Statement confirmPuppet(RosterState seen) {
    Statement invitation = org.invite(seen, rogue, Role.COORDINATOR);
    return org.confirm(seen, rogue, org.admit(seen, invitation, puppet));
  }

  @Test
  void suspension_byWhomSomebodyLetInThatHadSeenHisOwn_doesNotCount() {
    org.suspend(accuser, rogue);
    confirmPuppet(org.state());
    Statement revenge = org.suspend(puppet, accuser);

    assertThat(org.verdict(revenge)).isEqualTo(StatementVerdict.VOID);
    assertThat(org.state().isSuspended(accuser.id())).isFalse();
  }

  @Test
  void suspension_byThePuppetThatClaimsToHaveSeenNothing_doesNotCount() {
    RosterState before = org.state();
    org.suspend(accuser, rogue);
    confirmPuppet(org.state());
    org.suspend(before, puppet, accuser);

    assertThat(org.state().isSuspended(accuser.id())).isFalse();
    assertThat(org.state().isSuspended(rogue.id())).isTrue();
  }

  @Test
  void suspension_byAPuppetOfAPuppet_doesNotCount() {
    org.suspend(accuser, rogue);
    confirmPuppet(org.state());
    Person second = org.person();
    org.confirm(puppet, org.admit(org.invite(puppet, Role.COORDINATOR), second));
    org.suspend(second, accuser);

    assertThat(org.state().isSuspended(accuser.id())).isFalse();
  }

  @Test
  void suspension_byOneLetInBefore_counts() {
    RosterState before = org.state();
    confirmPuppet(before);
    org.suspend(before, accuser, rogue);
    org.suspend(before, puppet, accuser);

    assertThat(org.state().isSuspended(accuser.id())).isTrue();
  }

  @Test
  void suspension_byOneWhomAnotherConfirmsToo_dependsOnWhoInvited() {
    Person other = org.coordinator();
    Statement invitation = org.invite(rogue, Role.COORDINATOR);
    Statement admission = org.admit(invitation, puppet);
    org.suspend(accuser, rogue);
    org.confirm(rogue, admission);
    org.confirm(other, admission);
    org.suspend(puppet, accuser);

    // Invited before, confirmed by somebody in good standing: his power rests on nothing late.
    assertThat(org.state().isSuspended(accuser.id())).isTrue();
  }

  @Test
  void suspension_restingOnWhatTheCutLetStand_counts() {
    Statement confirmation = confirmPuppet(org.state());
    org.sign(
        new Suspension(rogue.id(), List.of(), org.writer().cut(rogue.id(), List.of()).standing()),
        accuser.signing);
    Statement cut = org.suspend(puppet, accuser);

    assertThat(org.verdict(confirmation)).isEqualTo(StatementVerdict.STANDS);
    assertThat(org.verdict(cut)).isEqualTo(StatementVerdict.STANDS);
  }

  @Test
  void equals_whoSuspendEachOtherAtOnce_areBothSuspended() {
    RosterState before = org.state();
    org.suspend(before, accuser, rogue);
    org.suspend(before, rogue, accuser);

    assertThat(org.state().isSuspended(accuser.id())).isTrue();
    assertThat(org.state().isSuspended(rogue.id())).isTrue();
  }
}
