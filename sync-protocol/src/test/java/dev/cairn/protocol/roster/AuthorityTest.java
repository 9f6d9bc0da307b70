package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.suite.SigningKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who comes in and with what right; in most tests somebody tries without one. */
class AuthorityTest {

  private final Organisation org = new Organisation(1);
  private final Person stranger = org.person();

  @Test
  void genesis_alone_makesItsDeviceOwner() {
    assertThat(org.state().device(org.owner.id()))
        .get()
        .satisfies(
            entry -> {
              assertThat(entry.role()).isEqualTo(Role.OWNER);
              assertThat(entry.state()).isEqualTo(DeviceEntry.State.CONFIRMED);
              assertThat(entry.member()).isEqualTo(MemberId.of(org.owner.id().bytes()));
            });
  }

  @Test
  void genesis_missing_nobodyIsIn() {
    org.coordinator();
    org.all.remove(org.founding.genesis());

    assertThat(org.state().devices()).isEmpty();
    assertThat(org.state().desk()).isEmpty();
  }

  @Test
  void genesis_ofAnotherSpace_changesNothing() {
    Organisation other = new Organisation(2);
    List<String> before = Answers.of(org.state());
    org.all.addAll(other.all);

    assertThat(Answers.of(org.state())).isEqualTo(before);
  }

  @Test
  void reporter_admitted_isProvisional() {
    org.admit(org.invite(org.owner, Role.REPORTER), stranger);

    assertThat(org.state().device(stranger.id()))
        .get()
        .extracting(DeviceEntry::role, DeviceEntry::state)
        .containsExactly(Role.REPORTER, DeviceEntry.State.PROVISIONAL);
    assertThat(org.state().unconfirmed()).hasSize(1);
  }

  @Test
  void reporter_confirmed_decidesNothing() {
    Person reporter = org.reporter();

    assertThat(org.state().device(reporter.id()).orElseThrow().state())
        .isEqualTo(DeviceEntry.State.CONFIRMED);
    assertThat(org.state().mayDecide(reporter.id())).isFalse();
    assertThat(org.state().unconfirmed()).isEmpty();
  }

  @Test
  void coordinator_provisional_decidesNothing() {
    org.admit(org.invite(org.owner, Role.COORDINATOR), stranger);

    assertThat(org.state().mayDecide(stranger.id())).isFalse();
    assertThat(org.state().device(stranger.id()).orElseThrow().coordinates()).isFalse();
  }

  @Test
  void coordinator_confirmed_decides() {
    Person coordinator = org.coordinator();

    assertThat(org.state().mayDecide(coordinator.id())).isTrue();
  }

  @Test
  void coordinator_confirmed_invitesOthers() {
    Person second = org.member(org.coordinator(), Role.COORDINATOR);

    assertThat(org.state().mayDecide(second.id())).isTrue();
  }

  @Test
  void coordinator_selfMade_isNotIn() {
    Statement invitation = org.invite(stranger, Role.COORDINATOR);
    org.confirm(stranger, org.admit(invitation, stranger));

    assertThat(org.verdict(invitation)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().device(stranger.id())).isEmpty();
  }

  @Test
  void coordinators_whoInviteEachOther_areNotIn() {
    Person accomplice = org.person();
    Statement first = org.invite(stranger, Role.COORDINATOR);
    Statement second = org.invite(accomplice, Role.COORDINATOR);
    org.confirm(stranger, org.admit(first, accomplice));
    org.confirm(accomplice, org.admit(second, stranger));

    assertThat(org.state().devices()).hasSize(1);
  }

  @Test
  void coordinator_provisional_cannotConfirmHimself() {
    Statement admission = org.admit(org.invite(org.owner, Role.COORDINATOR), stranger);
    Statement confirmation = org.confirm(stranger, admission);

    assertThat(org.verdict(confirmation)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().mayDecide(stranger.id())).isFalse();
  }

  @Test
  void coordinator_provisional_cannotInvite() {
    org.admit(org.invite(org.owner, Role.COORDINATOR), stranger);
    Person friend = org.person();
    org.admit(org.invite(stranger, Role.REPORTER), friend);

    assertThat(org.state().device(friend.id())).isEmpty();
  }

  @Test
  void invitation_byReporter_letsNobodyIn() {
    Person reporter = org.reporter();
    Statement invitation = org.invite(reporter, Role.REPORTER);
    Statement admission = org.admit(invitation, stranger);

    assertThat(org.verdict(invitation)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.verdict(admission)).isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void admission_signedByAnotherKeyThanTheOneTimeKey_isPowerless() {
    Statement invitation = org.invite(org.owner, Role.REPORTER);
    SigningKey guessed = SigningKey.generate(org.randomness);
    Statement admission =
        org.add(
            org.writer()
                .admission(
                    invitation.id(),
                    guessed,
                    stranger.signing,
                    stranger.encryption.publicKey(),
                    "Stranger"));

    assertThat(org.verdict(admission)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().device(stranger.id())).isEmpty();
  }

  @Test
  void admission_underAnInvitationNotHeld_isPowerless() {
    Statement invitation = org.invite(org.owner, Role.REPORTER);
    Statement admission = org.admit(invitation, stranger);
    org.all.remove(invitation);

    assertThat(org.verdict(admission)).isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void confirmation_byReporter_isPowerless() {
    Person reporter = org.reporter();
    Statement admission = org.admit(org.invite(org.owner, Role.REPORTER), stranger);
    org.confirm(reporter, admission);

    assertThat(org.state().device(stranger.id()).orElseThrow().state())
        .isEqualTo(DeviceEntry.State.PROVISIONAL);
  }

  @Test
  void confirmation_ofAReporter_doesNotConfirmHisLaterCoordinatorAdmission() {
    Person reporter = org.reporter();
    org.admit(org.invite(org.owner, Role.COORDINATOR), reporter);

    assertThat(org.state().mayDecide(reporter.id())).isFalse();
    assertThat(org.state().device(reporter.id()).orElseThrow().role()).isEqualTo(Role.REPORTER);
    assertThat(org.state().unconfirmed()).hasSize(1);
  }

  @Test
  void confirmation_namingAnotherDeviceThanTheAdmission_confirmsNobody() {
    Statement admission = org.admit(org.invite(org.owner, Role.COORDINATOR), stranger);
    Person other = org.person();
    org.admit(org.invite(org.owner, Role.COORDINATOR), other);
    org.sign(new Confirmation(other.id(), admission.id()), org.owner.signing);

    assertThat(org.state().unconfirmed()).hasSize(2);
  }

  @Test
  void device_withTwoAdmissions_hasTheConfirmedOne() {
    Person reporter = org.reporter();
    Statement second = org.admit(org.invite(org.owner, Role.COORDINATOR), reporter);
    org.confirm(org.owner, second);

    assertThat(org.state().device(reporter.id()).orElseThrow().statement()).isEqualTo(second.id());
  }

  @Test
  void invitation_usedTwiceForOneUse_admitsBothAndWarns() {
    Statement invitation = org.invite(org.owner, Role.REPORTER);
    org.admit(invitation, stranger);
    org.admit(invitation, org.person());

    InvitationState state = org.state().invitation(invitation.id()).orElseThrow();
    assertThat(state.admitted()).hasSize(2);
    assertThat(state.isOverused()).isTrue();
  }

  @Test
  void invitation_usedOnceForOneUse_doesNotWarn() {
    Statement invitation = org.invite(org.owner, Role.REPORTER);
    org.admit(invitation, stranger);

    assertThat(org.state().invitation(invitation.id()).orElseThrow().isOverused()).isFalse();
  }

  @Test
  void invitation_atItsLastSecond_isExpired() {
    Statement invitation = org.invite(org.owner, Role.REPORTER);
    InvitationState state = org.state().invitation(invitation.id()).orElseThrow();

    assertThat(state.isExpired(Organisation.EXPIRES - 1)).isFalse();
    assertThat(state.isExpired(Organisation.EXPIRES)).isTrue();
  }

  @Test
  void statement_withABrokenSignature_changesNothing() throws Exception {
    Statement invitation = org.invite(org.owner, Role.REPORTER);
    byte[] bytes = invitation.encode();
    bytes[bytes.length - 1] ^= 1;
    Statement broken = Statement.decode(bytes);
    org.all.remove(invitation);
    org.all.add(broken);

    assertThat(broken.id()).isEqualTo(invitation.id());
    assertThat(org.state().statement(invitation.id())).isEmpty();
  }

  @Test
  void statement_brokenCopyBesideTheRightOne_doesNotKeepItOut() throws Exception {
    Statement invitation = org.invite(org.owner, Role.REPORTER);
    byte[] bytes = invitation.encode();
    bytes[bytes.length - 1] ^= 1;
    org.all.add(0, Statement.decode(bytes));

    assertThat(org.verdict(invitation)).isEqualTo(StatementVerdict.STANDS);
  }

  @Test
  void move_byCoordinator_isPowerless() {
    Person coordinator = org.coordinator();
    Statement move =
        org.add(
            org.writer()
                .move(
                    new ServerAddress("https://elsewhere.example", null),
                    org.log("elsewhere.example"),
                    coordinator.encryption.publicKey(),
                    coordinator.signing));

    assertThat(org.verdict(move)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().move()).isEmpty();
  }

  @Test
  void move_byOwnerTwice_theLaterSupersedes() {
    move("https://second.example");
    Statement third = move("https://third.example");

    assertThat(org.state().moves()).containsOnlyKeys(third.id());
    assertThat(org.state().move().orElseThrow().address().text())
        .isEqualTo("https://third.example");
  }

  private Statement move(String address) {
    return org.add(
        org.writer()
            .move(
                new ServerAddress(address, null),
                org.log("moved.example"),
                org.person().encryption.publicKey(),
                org.owner.signing));
  }

  @Test
  void heads_afterAStatementThatSawAll_areThatStatement() {
    Statement invitation = org.invite(org.owner, Role.REPORTER);

    assertThat(org.state().heads()).containsExactly(invitation.id());
  }

  @Test
  void heads_namedByAPowerlessStatement_stayHeads() {
    List<?> before = org.state().heads();
    org.invite(stranger, Role.REPORTER);

    assertThat(org.state().heads()).isEqualTo(before);
  }
}
