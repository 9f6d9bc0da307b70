package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.CircleId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reporter's device holds little of the roster, and what it holds gives the same answers. */
class ReporterViewTest {

  private final Organisation org = new Organisation(19);
  private final Person coordinator = org.coordinator();
  private final Person reporter = org.reporter();
  private final Person colleague = org.reporter();

  private RosterState view(Person person) {
    return org.fold(org.state().reporterView(person.id()));
  }

  @Test
  void view_holdsTheReporterAndTheCoordinators() {
    assertThat(view(reporter).devices())
        .extracting(DeviceEntry::device)
        .containsExactlyInAnyOrder(org.owner.id(), coordinator.id(), reporter.id());
  }

  @Test
  void view_holdsNothingOfAColleague() {
    org.add(org.writer().ownEpoch(colleague.signing).statement());

    assertThat(org.state().reporterView(reporter.id()))
        .allSatisfy(
            statement ->
                assertThat(dev.cairn.protocol.encoding.Hex.encode(statement.encode()))
                    .doesNotContain(colleague.id().toString()));
  }

  @Test
  void view_holdsCirclesOfTheInvitationAndNoOthers() {
    CircleId invited = org.newCircle();
    CircleId other = org.newCircle();
    org.epoch(coordinator, invited, coordinator);
    org.epoch(coordinator, other, coordinator);
    Person newcomer = org.person();
    org.admit(org.invite(coordinator, Role.REPORTER, invited), newcomer);

    assertThat(view(newcomer).writingKey(invited)).isPresent();
    assertThat(view(newcomer).writingKey(org.desk())).isPresent();
    assertThat(view(newcomer).circle(other)).isEmpty();
  }

  @Test
  void view_showsWhoOfAnEpochIsCutOff() {
    CircleId circle = org.newCircle();
    org.epoch(coordinator, circle, reporter, colleague);
    org.suspend(coordinator, colleague);

    assertThat(view(reporter).isSuspended(colleague.id())).isTrue();
  }

  @Test
  void view_ofADeviceThatIsCutOff_saysSo() {
    org.suspend(coordinator, reporter);

    assertThat(view(reporter).isSuspended(reporter.id())).isTrue();
  }

  @Test
  void view_leavesOutSuspensionsThatDoNotCount() {
    org.suspend(org.owner, coordinator);
    Statement revenge = org.suspend(coordinator, reporter);

    assertThat(org.state().reporterView(reporter.id())).doesNotContain(revenge);
  }

  @Test
  void served_toCoordinator_isEverything() {
    assertThat(org.state().servedTo(coordinator.id())).hasSameSizeAs(org.all);
  }

  @Test
  void served_toRecoveryKey_isEverything() {
    assertThat(org.state().servedTo(org.recoveryId())).hasSameSizeAs(org.all);
  }

  @Test
  void served_toWhoReadsACircleWithOthers_isEverything() {
    CircleId circle = org.newCircle();
    org.epoch(coordinator, circle, coordinator, reporter, colleague);

    assertThat(org.state().servedTo(reporter.id())).hasSameSizeAs(org.all);
  }

  @Test
  void served_toWhoReadsOnlyItsOwnCircle_isNotEverything() {
    org.add(org.writer().ownEpoch(reporter.signing).statement());

    assertThat(org.state().servedTo(reporter.id())).hasSizeLessThan(org.all.size());
  }

  @Test
  void served_toSuspendedCoordinator_isNotEverything() {
    org.suspend(org.owner, coordinator);

    assertThat(org.state().servedTo(coordinator.id())).hasSizeLessThan(org.all.size());
  }

  @Test
  void served_toStranger_isNothing() {
    assertThat(org.state().servedTo(org.person().id())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {201, 202, 203, 204, 205, 6_000_356})
  void anyReportersView_answersAsTheWholeDoes(long seed) {
    History history = new History(seed, 70);
    RosterState whole = history.org.state();
    for (Person person : history.people) {
      if (whole.device(person.id()).isPresent()) {
        RosterState part = history.org.fold(whole.reporterView(person.id()));
        Verdicts.assertAlike(whole, part, person.id());
        assertThat(part.readableBy(person.id())).isEqualTo(whole.readableBy(person.id()));
        assertThat(part.devices()).allSatisfy(entry -> assertThat(whole.devices()).contains(entry));
      }
    }
  }
}
