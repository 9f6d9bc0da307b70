package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipChainTest {

  private final Organisation org = new Organisation(31);

  private DeviceEntry alone(Person person) {
    List<Statement> chain = org.heldBy(person).membershipChain(person.id());
    return org.fold(chain).device(person.id()).orElseThrow();
  }

  @Test
  void chain_ofAReporter_showsByItselfThatHeIsIn() {
    Person reporter = org.member(org.coordinator(), Role.REPORTER);
    assertThat(alone(reporter).state()).isEqualTo(DeviceEntry.State.CONFIRMED);
  }

  @Test
  void chain_ofSomebodyWhoWaits_showsThatHeIsProvisional() {
    Person waiting = org.person();
    org.admit(org.invite(org.coordinator(), Role.REPORTER), waiting);
    assertThat(alone(waiting).state()).isEqualTo(DeviceEntry.State.PROVISIONAL);
  }

  @Test
  void chain_ofAReporter_namesNobodyButCoordinators() {
    Person coordinator = org.coordinator();
    org.coordinator();
    org.reporter();
    Person reporter = org.member(coordinator, Role.REPORTER);
    assertThat(org.state().membershipChain(reporter.id()))
        .filteredOn(statement -> statement.content() instanceof Admission)
        .extracting(statement -> ((Admission) statement.content()).keys().device())
        .containsExactlyInAnyOrder(coordinator.id(), reporter.id());
  }

  @Test
  void chain_whereTwoCoordinatorsConfirmedEachOther_leadsToTheOwner() {
    Person first = org.coordinator();
    Person second = org.coordinator();
    for (int i = 0; i < 3; i++) {
      org.confirm(second, org.state().statement(entry(first).statement()).orElseThrow());
      org.confirm(first, org.state().statement(entry(second).statement()).orElseThrow());
    }
    Person reporter = org.member(first, Role.REPORTER);
    assertThat(alone(reporter).isConfirmed()).isTrue();
  }

  private DeviceEntry entry(Person person) {
    return org.state().device(person.id()).orElseThrow();
  }

  @Test
  void chain_ofAStranger_isEmpty() {
    assertThat(org.state().membershipChain(org.person().id())).isEmpty();
  }

  @Test
  void chain_ofAnOwnerByRecovery_showsThatHeIsOne() {
    Person heir = org.person();
    org.add(
        org.writer()
            .replacement(
                org.recoverySigning, heir.signing, heir.encryption.publicKey(), List.of(), "Heir"));
    assertThat(alone(heir).role()).isEqualTo(Role.OWNER);
  }

  @Test
  void firstDeskKey_isHeldByEverybody_andIsNoLaterOne() {
    Person reporter = org.reporter();
    org.epoch(org.owner, org.desk(), org.owner);
    assertThat(org.heldBy(reporter).firstDeskKey()).contains(org.founding.desk().key().publicKey());
    Statement invitation = org.invite(org.owner, Role.REPORTER);
    RosterState newcomer =
        org.fold(org.state().invitationView(org.state().invitation(invitation.id()).orElseThrow()));
    assertThat(newcomer.firstDeskKey()).isEqualTo(org.state().firstDeskKey());
  }
}
