package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.EpochId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who opens a circle's epochs, who reads, and which epoch writers take. */
class CircleTest {

  private final Organisation org = new Organisation(5);
  private final Person coordinator = org.coordinator();
  private final Person reporter = org.reporter();
  private final CircleId circle = org.newCircle();

  @Test
  void desk_afterFounding_isReadByOwnerAndRecovery() {
    assertThat(org.state().circle(org.desk()).orElseThrow().readers())
        .containsExactlyInAnyOrder(org.owner.id(), org.recoveryId());
  }

  @Test
  void ownCircle_afterFounding_isReadByItsDeviceAlone() {
    assertThat(org.state().circle(org.owner.ownCircle()).orElseThrow().readers())
        .containsExactly(org.owner.id());
  }

  @Test
  void epoch_byCoordinator_isTakenByWriters() {
    NewEpoch epoch = org.epoch(org.state(), coordinator, circle, coordinator, reporter);

    assertThat(org.state().writingKey(circle))
        .get()
        .satisfies(
            key -> {
              assertThat(key.epoch()).isEqualTo(epoch.id());
              assertThat(key.key()).isEqualTo(epoch.key().publicKey());
            });
    assertThat(org.state().mayFetch(reporter.id(), circle)).isTrue();
    assertThat(org.state().readableBy(reporter.id())).containsExactly(circle);
  }

  @Test
  void epoch_byReporter_isPowerless() {
    Statement epoch = org.epoch(reporter, circle, reporter);

    assertThat(org.verdict(epoch)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().circle(circle)).isEmpty();
  }

  @Test
  void epoch_ofDeskByProvisionalCoordinator_isPowerless() {
    Person provisional = org.person();
    org.admit(org.invite(org.owner, Role.COORDINATOR), provisional);
    org.epoch(provisional, org.desk(), provisional);

    assertThat(org.state().mayFetch(provisional.id(), org.desk())).isFalse();
  }

  @Test
  void ownEpoch_byProvisionalReporter_stands() {
    Person newcomer = org.person();
    org.admit(org.invite(org.owner, Role.REPORTER), newcomer);
    org.add(org.writer().ownEpoch(newcomer.signing).statement());

    assertThat(org.state().readableBy(newcomer.id())).containsExactly(newcomer.ownCircle());
  }

  @Test
  void ownEpoch_ofAnotherDeviceByCoordinator_isPowerless() {
    Statement epoch = org.epoch(coordinator, reporter.ownCircle(), coordinator);

    assertThat(org.verdict(epoch)).isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void ownEpoch_sealedToAnotherDeviceToo_isPowerless() {
    Statement epoch = org.epoch(reporter, reporter.ownCircle(), reporter, coordinator);

    assertThat(org.verdict(epoch)).isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void ownEpoch_sealedToRecoveryToo_isPowerless() {
    Epoch epoch =
        EpochWriter.write(
            org.space(),
            reporter.ownCircle(),
            "",
            org.person().encryption,
            List.of(reporter.keys()),
            org.state().recovery().orElseThrow(),
            List.of(),
            org.randomness);

    assertThat(org.verdict(org.sign(epoch, reporter.signing)))
        .isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void ownEpoch_isNotSealedToRecovery() {
    NewEpoch epoch = org.writer().ownEpoch(reporter.signing);

    assertThat(((Epoch) epoch.statement().content()).recoverySeal()).isEmpty();
  }

  @Test
  void grant_inAnotherDevicesOwnCircleByCoordinator_isPowerless() {
    NewEpoch own = org.writer().ownEpoch(reporter.signing);
    org.add(own.statement());
    SeedSeal seal = ((Epoch) own.statement().content()).sealFor(reporter.id()).orElseThrow();
    Grant grant =
        new Grant(reporter.ownCircle(), coordinator.id(), List.of(new GrantedSeed(own.id(), seal)));
    org.sign(grant, coordinator.signing);

    assertThat(org.state().mayFetch(coordinator.id(), reporter.ownCircle())).isFalse();
  }

  @Test
  void epoch_namingADeviceThatIsNotIn_letsItFetchNothing() {
    Person stranger = org.person();
    Epoch epoch =
        EpochWriter.write(
            org.space(),
            circle,
            "circle",
            org.person().encryption,
            List.of(coordinator.keys(), stranger.keys()),
            null,
            List.of(),
            org.randomness);
    org.sign(epoch, coordinator.signing);

    assertThat(org.state().circle(circle).orElseThrow().readers())
        .containsExactly(coordinator.id());
  }

  @Test
  void writer_sealingToADeviceThatIsNotIn_isRefused() {
    Person stranger = org.person();

    assertThatThrownBy(() -> org.epoch(coordinator, circle, stranger))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writer_sealingToASuspendedDevice_isRefused() {
    org.suspend(org.owner, reporter);

    assertThatThrownBy(() -> org.epoch(coordinator, circle, reporter))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void device_suspended_fetchesNothing() {
    org.epoch(coordinator, circle, coordinator, reporter);
    org.suspend(coordinator, reporter);

    assertThat(org.state().mayFetch(reporter.id(), circle)).isFalse();
  }

  @Test
  void epoch_superseded_isReadableAndNotForWriting() {
    NewEpoch first = org.epoch(org.state(), coordinator, circle, coordinator, reporter);
    NewEpoch second = org.epoch(org.state(), coordinator, circle, coordinator);

    assertThat(org.state().epoch(first.id()).orElseThrow().isCurrent()).isFalse();
    assertThat(org.state().writingKey(circle).orElseThrow().epoch()).isEqualTo(second.id());
    assertThat(
            EpochKeyRing.of(reporter.id(), reporter.encryption).open(org.state()).key(first.id()))
        .isPresent();
  }

  @Test
  void epoch_namedAsSupersededByAnotherCircle_staysCurrent() {
    NewEpoch first = org.epoch(org.state(), coordinator, circle, coordinator);
    Epoch thief =
        EpochWriter.write(
            org.space(),
            coordinator.ownCircle(),
            "",
            org.person().encryption,
            List.of(coordinator.keys()),
            null,
            List.of(first.id()),
            org.randomness);
    org.sign(thief, coordinator.signing);

    assertThat(org.state().epoch(first.id()).orElseThrow().isCurrent()).isTrue();
  }

  @Test
  void epochs_concurrent_writersTakeTheOneWithoutTheSuspended() {
    RosterState before = org.state();
    NewEpoch with = org.epoch(before, coordinator, circle, coordinator, reporter);
    NewEpoch without = org.epoch(before, org.owner, circle, coordinator);
    org.suspend(org.owner, reporter);

    assertThat(org.state().circle(circle).orElseThrow().current()).hasSize(2);
    assertThat(org.state().writingKey(circle).orElseThrow().epoch()).isEqualTo(without.id());
    assertThat(with.id()).isNotEqualTo(without.id());
  }

  @Test
  void epochs_concurrentAndAlike_writersTakeTheLowestId() {
    RosterState before = org.state();
    EpochId first = org.epoch(before, coordinator, circle, coordinator).id();
    EpochId second = org.epoch(before, org.owner, circle, coordinator).id();
    EpochId lowest = first.compareTo(second) < 0 ? first : second;

    assertThat(org.state().writingKey(circle).orElseThrow().epoch()).isEqualTo(lowest);
  }

  @Test
  void epochs_concurrent_areMergedByALaterOne() {
    RosterState before = org.state();
    org.epoch(before, coordinator, circle, coordinator);
    org.epoch(before, org.owner, circle, coordinator);
    NewEpoch merged = org.epoch(org.state(), org.owner, circle, coordinator);

    assertThat(org.state().circle(circle).orElseThrow().current())
        .extracting(EpochState::id)
        .containsExactly(merged.id());
  }

  @Test
  void epoch_ofACoordinatorWhoseStatementsFell_givesWayToTheOneBefore() {
    NewEpoch first = org.epoch(org.state(), org.owner, circle, reporter);
    NewEpoch second = org.epoch(org.state(), coordinator, circle, coordinator);
    org.sign(new Suspension(coordinator.id(), List.of(), List.of()), org.owner.signing);

    assertThat(org.state().writingKey(circle).orElseThrow().epoch()).isEqualTo(first.id());
    assertThat(org.state().epoch(second.id()).orElseThrow().stands()).isFalse();
  }

  @Test
  void author_whoHadSeenTheSuccessor_knewNewer() {
    NewEpoch first = org.epoch(org.state(), coordinator, circle, coordinator);
    RosterState between = org.state();
    org.epoch(org.state(), coordinator, circle, coordinator);

    assertThat(org.state().knewNewer(first.id(), between.heads())).isFalse();
    assertThat(org.state().knewNewer(first.id(), org.state().heads())).isTrue();
  }

  @Test
  void reader_isOneUntilAnEpochLeavesHimOut() {
    Organisation org = new Organisation(77);
    Person coordinator = org.coordinator();
    Person reporter = org.reporter();
    CircleId circle = org.newCircle();
    org.epoch(org.owner, circle, coordinator, reporter);
    assertThat(org.state().readUntilSuspended(reporter.id(), circle)).isTrue();

    org.epoch(org.owner, circle, coordinator);
    assertThat(org.state().readUntilSuspended(reporter.id(), circle)).isFalse();
  }

  @Test
  void reader_whoWasLeftOutAfterHisSuspension_wasOneUntilThen() {
    Organisation org = new Organisation(78);
    Person coordinator = org.coordinator();
    Person reporter = org.reporter();
    CircleId circle = org.newCircle();
    org.epoch(org.owner, circle, coordinator, reporter);
    org.suspend(org.owner, reporter);
    org.epoch(org.owner, circle, coordinator);

    assertThat(org.state().readUntilSuspended(reporter.id(), circle)).isTrue();
  }

  @Test
  void reader_whoWasLeftOutBeforeHisSuspension_wasNoneThen() {
    Organisation org = new Organisation(79);
    Person coordinator = org.coordinator();
    Person reporter = org.reporter();
    CircleId circle = org.newCircle();
    org.epoch(org.owner, circle, coordinator, reporter);
    org.epoch(org.owner, circle, coordinator);
    org.suspend(org.owner, reporter);
    org.epoch(org.owner, circle, coordinator);

    assertThat(org.state().readUntilSuspended(reporter.id(), circle)).isFalse();
  }
}
