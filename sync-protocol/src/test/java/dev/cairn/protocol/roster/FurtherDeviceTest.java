package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.MemberId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who speaks for a member: nobody merely because an invitation says so. */
class FurtherDeviceTest {

  private final Organisation org = new Organisation(41);
  private final Person coordinator = org.coordinator();
  private final Person reporter = org.reporter();
  private final Person tablet = org.person();

  private Statement admit(Person by, MemberId member) {
    return org.admit(org.inviteFurther(org.state(), by, Role.REPORTER, member), tablet);
  }

  private static MemberId memberOf(Person person) {
    return MemberId.of(person.id().bytes());
  }

  @Test
  void furtherDevice_provisional_isAMemberOfItsOwn() {
    admit(coordinator, memberOf(reporter));

    assertThat(org.state().member(tablet.id())).contains(memberOf(tablet));
  }

  @Test
  void furtherDevice_confirmed_belongsToTheMember() {
    org.confirm(coordinator, admit(coordinator, memberOf(reporter)));

    assertThat(org.state().member(tablet.id())).contains(memberOf(reporter));
  }

  @Test
  void furtherDevice_whoseConfirmationIsVoid_isAMemberOfItsOwn() {
    Person other = org.coordinator();
    org.confirm(other, admit(coordinator, memberOf(reporter)));
    org.sign(new Suspension(other.id(), List.of(), List.of()), org.owner.signing);

    assertThat(org.state().member(tablet.id())).contains(memberOf(tablet));
  }

  @Test
  void furtherDevice_ofAnOwnerInvitedByACoordinator_isAMemberOfItsOwn() {
    org.confirm(coordinator, admit(coordinator, memberOf(org.owner)));

    assertThat(org.state().member(tablet.id())).contains(memberOf(tablet));
  }

  @Test
  void furtherDevice_ofAnOwnerInvitedByHim_belongsToTheOwner() {
    org.confirm(coordinator, admit(org.owner, memberOf(org.owner)));

    assertThat(org.state().member(tablet.id())).contains(memberOf(org.owner));
  }

  @Test
  void furtherDevice_ofSomebodyNeverAdmitted_isAMemberOfItsOwn() {
    org.confirm(coordinator, admit(coordinator, memberOf(org.person())));

    assertThat(org.state().member(tablet.id())).contains(memberOf(tablet));
  }

  @Test
  void furtherDevice_ofAFurtherDevice_isAMemberOfItsOwn() {
    org.confirm(coordinator, admit(coordinator, memberOf(reporter)));
    Person third = org.person();
    Statement invitation =
        org.inviteFurther(org.state(), coordinator, Role.REPORTER, memberOf(tablet));
    org.confirm(coordinator, org.admit(invitation, third));

    assertThat(org.state().member(third.id())).contains(memberOf(third));
  }

  @Test
  void invitation_ofAFurtherDeviceForTwo_isRefused() {
    assertThatThrownBy(
            () -> new Invitation(tablet.id(), Role.REPORTER, List.of(), 2, 1, memberOf(reporter)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
