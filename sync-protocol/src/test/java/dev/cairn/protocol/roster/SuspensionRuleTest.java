package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which changes of a suspended device count, and what a release gives back. */
class SuspensionRuleTest {

  private final Organisation org = new Organisation(31);
  private final Person coordinator = org.coordinator();
  private final Person other = org.coordinator();
  private final Person reporter = org.reporter();

  /** What is held of a feed, with what each change continues. */
  private final Map<ChangeId, List<ChangeId>> held = new HashMap<>();

  private static ChangeId change(int number) {
    byte[] id = new byte[ChangeId.SIZE_BYTES];
    id[0] = (byte) number;
    return ChangeId.of(id);
  }

  private static LastGood upTo(int number) {
    return new LastGood(number, change(number));
  }

  /** Somebody holds a change that continues these. */
  private void hold(int number, int... before) {
    List<ChangeId> links = new ArrayList<>();
    for (int each : before) {
      links.add(change(each));
    }
    held.put(change(number), links);
  }

  private void holdLine(int length) {
    hold(1);
    for (int number = 2; number <= length; number++) {
      hold(number, number - 1);
    }
  }

  private SuspensionRule rule() {
    return org.state().suspensionRule(reporter.id()).orElseThrow();
  }

  private boolean counts(int number) {
    return rule().counted(id -> held.getOrDefault(id, List.of())).counts(change(number));
  }

  private Statement cut(RosterState seen, Person by, LastGood... last) {
    return org.add(org.writer(seen).suspension(reporter.id(), List.of(last), by.signing));
  }

  @Test
  void rule_ofDeviceInGoodStanding_isAbsent() {
    assertThat(org.state().suspensionRule(reporter.id())).isEmpty();
  }

  @Test
  void rule_ofSuspensionWithoutList_letsEveryChangeCount() {
    org.sign(new Suspension(reporter.id(), null, List.of()), org.owner.signing);

    assertThat(counts(9)).isTrue();
  }

  @Test
  void rule_ofSuspensionWithoutList_letsNothingMoreBeLogged() {
    org.sign(new Suspension(reporter.id(), null, List.of()), org.owner.signing);

    assertThat(rule().mayBeLogged(change(1), 1, id -> false)).isFalse();
  }

  @Test
  void coordinator_cutOffOnceWithoutAndOnceWithAList_decidesNothingAndIsNotLogged() {
    RosterState before = org.state();
    org.sign(new Suspension(other.id(), null, List.of()), org.owner.signing);
    org.sign(before, new Suspension(other.id(), List.of(upTo(7)), List.of()), coordinator.signing);
    SuspensionRule rule = org.state().suspensionRule(other.id()).orElseThrow();

    assertThat(org.state().mayDecide(other.id())).isFalse();
    assertThat(rule.mayBeLogged(change(5), 5, id -> false)).isFalse();
    assertThat(rule.mayBeLogged(change(7), 7, id -> false)).isFalse();
  }

  @Test
  void rule_ofSuspensionsWithoutAndWithAList_isThatOfTheList() {
    holdLine(3);
    org.sign(new Suspension(reporter.id(), null, List.of()), org.owner.signing);
    cut(org.state(), coordinator, upTo(2));

    assertThat(counts(2)).isTrue();
    assertThat(counts(3)).isFalse();
  }

  private void releaseFrom(int suspensions, int releases) {
    holdLine(3);
    for (int i = 0; i < suspensions; i++) {
      cut(org.state(), coordinator, upTo(1));
    }
    assertThat(counts(2)).isFalse();
    List<Statement> signed =
        org.writer(org.state()).releases(reporter.id(), List.of(upTo(2)), org.owner.signing);
    assertThat(signed).hasSize(releases);
    signed.forEach(org::add);
    assertThat(counts(2)).isTrue();
    assertThat(counts(3)).isFalse();
  }

  @Test
  void releases_ofAsManySuspensionsAsOneCanName_areOne() {
    releaseFrom(Limits.RELEASE_SUSPENSIONS_MAX, 1);
  }

  @Test
  void releases_ofOneSuspensionMore_areTwo() {
    releaseFrom(Limits.RELEASE_SUSPENSIONS_MAX + 1, 2);
  }

  @Test
  void coordinator_cutOffWithoutList_decidesNothing() {
    org.sign(new Suspension(other.id(), null, List.of()), coordinator.signing);

    assertThat(org.state().mayDecide(other.id())).isFalse();
  }

  @Test
  void coordinator_cutOffWithAList_decidesWithinIt() {
    org.sign(new Suspension(other.id(), List.of(upTo(3)), List.of()), coordinator.signing);

    assertThat(org.state().mayDecide(other.id())).isTrue();
  }

  @Test
  void rule_ofEmptyList_letsNoChangeCount() {
    holdLine(1);
    org.suspend(org.owner, reporter);

    assertThat(counts(1)).isFalse();
  }

  @Test
  void rule_ofTwoSuspensions_isTheIntersectionOfHistories() {
    holdLine(3);
    RosterState before = org.state();
    cut(before, coordinator, upTo(3));
    cut(before, other, upTo(2));

    assertThat(counts(2)).isTrue();
    assertThat(counts(3)).isFalse();
  }

  @Test
  void rule_ofTwoBranches_leavesWhatBothContinue() {
    hold(1);
    hold(7, 1);
    hold(8, 1);
    RosterState before = org.state();
    cut(before, coordinator, upTo(7));
    cut(before, other, upTo(8));

    assertThat(counts(1)).isTrue();
    assertThat(counts(7)).isFalse();
  }

  @Test
  void history_acrossAnAudienceThatIsNotHeld_isReachedByItsOwnHead() {
    // A feed of 1 (desk), 2 (others), 3 (desk), 4 (others): a desk holds 1 and 3.
    hold(1);
    hold(3, 2, 1);
    cut(org.state(), coordinator, upTo(3), upTo(4));

    assertThat(counts(1)).isTrue();
    assertThat(counts(3)).isTrue();
    assertThat(counts(5)).isFalse();
  }

  @Test
  void change_beforeALastGoodOneThatIsNotThere_mayBeLogged() {
    cut(org.state(), coordinator, upTo(4));

    assertThat(rule().mayBeLogged(change(3), 3, id -> false)).isTrue();
    assertThat(rule().mayBeLogged(change(4), 4, id -> false)).isTrue();
  }

  @Test
  void change_besideALastGoodOneThatIsThere_isNotLogged() {
    cut(org.state(), coordinator, upTo(4));

    assertThat(rule().mayBeLogged(change(9), 3, Set.of(change(4))::contains)).isFalse();
    assertThat(rule().mayBeLogged(change(5), 5, id -> false)).isFalse();
  }

  @Test
  void release_upToAChange_letsAllItContinuesCount() {
    holdLine(5);
    cut(org.state(), coordinator, upTo(2));
    release(other, List.of(upTo(4)), List.of());

    assertThat(counts(3)).isTrue();
    assertThat(counts(5)).isFalse();
  }

  @Test
  void release_ofASingleChange_letsThatOneCount() {
    holdLine(5);
    cut(org.state(), coordinator, upTo(2));
    release(other, List.of(), List.of(change(4)));

    assertThat(counts(4)).isTrue();
    assertThat(counts(3)).isFalse();
  }

  private Statement release(Person by, List<LastGood> upTo, List<ChangeId> single) {
    return org.add(org.writer().release(reporter.id(), upTo, single, by.signing));
  }

  @Test
  void release_fromEverySuspensionSeen_counts() {
    holdLine(5);
    RosterState before = org.state();
    cut(before, coordinator, upTo(2));
    cut(before, other, upTo(1));
    release(org.owner, List.of(upTo(4)), List.of());

    assertThat(counts(4)).isTrue();
  }

  @Test
  void release_byACoordinatorFromAnOwnersSuspension_isVoid() {
    holdLine(5);
    Statement cut = cut(org.state(), org.owner, upTo(2));
    Statement release = releaseOf(reporter, cut, other);

    assertThat(org.verdict(release)).isEqualTo(StatementVerdict.VOID);
    assertThat(counts(4)).isFalse();
  }

  @Test
  void release_byAnOwnerFromTheRecoveryKeysSuspension_isVoid() {
    Statement cut = recoveryCuts(upTo(2));
    Statement release = releaseOf(reporter, cut, org.owner);

    assertThat(org.verdict(release)).isEqualTo(StatementVerdict.VOID);
  }

  @Test
  void release_fromTheRecoveryKeysSuspensionByTheOwnerItPutInPlace_counts() {
    holdLine(5);
    Person heir = org.person();
    org.add(
        org.writer()
            .replacement(
                org.recoverySigning, heir.signing, heir.encryption.publicKey(), List.of(), "Heir"));
    recoveryCuts(upTo(2));
    release(heir, List.of(upTo(4)), List.of());

    assertThat(counts(4)).isTrue();
  }

  @Test
  void release_fromTheRecoveryKeysSuspensionByItself_counts() {
    holdLine(5);
    recoveryCuts(upTo(2));
    org.add(org.writer().release(reporter.id(), List.of(upTo(4)), List.of(), org.recoverySigning));

    assertThat(counts(4)).isTrue();
  }

  @Test
  void release_ofWhatOnlyAHigherRankMayWiden_cannotBeWritten() {
    recoveryCuts(upTo(2));

    assertThatThrownBy(() -> release(coordinator, List.of(upTo(4)), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void release_byACoordinator_widensOnlyTheSuspensionsOfCoordinators() {
    holdLine(5);
    cut(org.state(), coordinator, upTo(2));
    cut(org.state(), org.owner, upTo(3));
    Statement release = release(other, List.of(upTo(5)), List.of());

    assertThat(org.verdict(release)).isEqualTo(StatementVerdict.STANDS);
    assertThat(counts(3)).isTrue();
    assertThat(counts(4)).isFalse();
  }

  private Statement recoveryCuts(LastGood last) {
    return org.sign(new Suspension(reporter.id(), List.of(last), List.of()), org.recoverySigning);
  }

  @Test
  void rule_ofMoreThanSixtyFourBounds_isTheIntersectionOfAll() {
    holdLine(200);
    RosterState before = org.state();
    for (int number = 100; number < 170; number++) {
      cut(before, number % 2 == 0 ? coordinator : other, upTo(number));
    }
    int[] reads = {0};
    SuspensionRule.Counted counted =
        rule()
            .counted(
                id -> {
                  reads[0]++;
                  return held.getOrDefault(id, List.of());
                });

    assertThat(counted.counts(change(100))).isTrue();
    assertThat(counted.counts(change(101))).isFalse();
    // Once to find an order, and once for each 64 bounds.
    assertThat(reads[0]).isLessThanOrEqualTo(3 * 170);
  }

  @Test
  void release_madeBeforeAnotherSuspension_doesNotWidenThat() {
    holdLine(5);
    cut(org.state(), coordinator, upTo(2));
    release(other, List.of(upTo(4)), List.of());
    cut(org.state(), org.owner, upTo(2));

    assertThat(counts(4)).isFalse();
  }

  private Statement releaseOf(Person target, Statement cut, Person by) {
    return org.sign(
        new Release(target.id(), List.of(cut.id()), List.of(upTo(4)), List.of()), by.signing);
  }

  @Test
  void release_byTheSuspendedDevice_isPowerless() {
    Statement cut = org.suspend(org.owner, other);

    assertThat(org.verdict(releaseOf(other, cut, other))).isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void release_byAReporter_isPowerless() {
    Statement cut = org.suspend(org.owner, reporter);

    assertThat(org.verdict(releaseOf(reporter, cut, org.reporter())))
        .isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void release_ofAnOwnerByACoordinator_isPowerless() {
    Statement cut =
        org.sign(new Suspension(org.owner.id(), List.of(), List.of()), org.recoverySigning);

    assertThat(org.verdict(releaseOf(org.owner, cut, coordinator)))
        .isEqualTo(StatementVerdict.POWERLESS);
  }

  @Test
  void release_byACoordinatorCutOffSince_isVoid() {
    holdLine(5);
    cut(org.state(), coordinator, upTo(2));
    Statement release = release(other, List.of(upTo(4)), List.of());
    org.sign(new Suspension(other.id(), List.of(), List.of()), org.owner.signing);

    assertThat(org.verdict(release)).isEqualTo(StatementVerdict.VOID);
    assertThat(counts(4)).isFalse();
  }

  @Test
  void newer_byACoordinator_isHeldAndHasNoForce() {
    Statement newer = org.add(org.newer(coordinator.signing));

    assertThat(org.verdict(newer)).isEqualTo(StatementVerdict.NEWER);
    assertThat(org.state().heads()).containsExactly(newer.id());
  }

  @Test
  void newer_bySomebodyCutOff_isVoid() {
    org.suspend(org.owner, other);
    Statement newer = org.add(org.newer(other.signing));

    assertThat(org.verdict(newer)).isEqualTo(StatementVerdict.VOID);
  }

  @Test
  void newer_bySomebodyCutOffAndAnotherInGoodStanding_isVoid() {
    org.suspend(org.owner, other);
    Statement newer = org.add(org.newer(other.signing, coordinator.signing));

    assertThat(org.verdict(newer)).isEqualTo(StatementVerdict.VOID);
  }

  @Test
  void newer_byTheRecoveryKey_isHeldAndHasNoForce() {
    assertThat(org.verdict(org.add(org.newer(org.recoverySigning))))
        .isEqualTo(StatementVerdict.NEWER);
  }

  @Test
  void newer_byAStranger_isPowerless() {
    Statement newer = org.add(org.newer(org.person().signing));

    assertThat(org.verdict(newer)).isEqualTo(StatementVerdict.POWERLESS);
  }

  private Statement release(int... single) {
    List<ChangeId> changes = new ArrayList<>();
    for (int each : single) {
      changes.add(change(each));
    }
    return org.add(org.writer().release(reporter.id(), List.of(), changes, org.owner.signing));
  }

  private boolean mayLead(int number, Integer... logged) {
    Set<ChangeId> log = new HashSet<>();
    for (int each : logged) {
      log.add(change(each));
    }
    return rule().mayLeadToReleased(change(number), number, log::contains);
  }

  @Test
  void whatLeadsToAReleasedChange_mayBeBrought_untilThatIsInTheLog() {
    cut(org.state(), org.owner, upTo(2));
    assertThat(mayLead(3, 1, 2)).isFalse();

    release(5);
    assertThat(mayLead(3, 1, 2)).isTrue();
    assertThat(mayLead(6, 1, 2, 3, 4, 5)).isFalse();
  }

  @Test
  void whatLeadsToAChange_thatOneSuspensionDoesNotRelease_mayNotBeBrought() {
    cut(org.state(), org.owner, upTo(2));
    release(5);
    cut(org.state(), coordinator, upTo(2));

    assertThat(mayLead(3, 1, 2)).isFalse();
  }

  @Test
  void whatLeadsToAReleasedChange_ofADeviceGivenUpAsLost_mayNotBeBrought() {
    cut(org.state(), org.owner, upTo(2));
    release(5);
    org.sign(new Suspension(reporter.id(), null, List.of()), org.owner.signing);

    assertThat(mayLead(3, 1, 2)).isFalse();
  }

  @Test
  void release_isForWhoRanksNoLowerThanTheSuspensions() {
    cut(org.state(), coordinator, upTo(2));
    assertThat(org.state().mayRelease(other.id(), reporter.id())).isTrue();
    assertThat(org.state().mayRelease(reporter.id(), reporter.id())).isFalse();

    cut(org.state(), org.owner, upTo(2));
    assertThat(org.state().mayRelease(other.id(), reporter.id())).isFalse();
    assertThat(org.state().mayRelease(org.owner.id(), reporter.id())).isTrue();
  }

  @Test
  void release_isNotForWhoIsCutOffHimself() {
    cut(org.state(), coordinator, upTo(2));
    org.suspend(org.owner, other);

    assertThat(org.state().mayRelease(other.id(), reporter.id())).isFalse();
  }

  @Test
  void suspension_isForCoordinators_andOfAnOwnerForOwners() {
    assertThat(org.state().maySuspend(coordinator.id(), other.id())).isTrue();
    assertThat(org.state().maySuspend(coordinator.id(), org.owner.id())).isFalse();
    assertThat(org.state().maySuspend(org.owner.id(), coordinator.id())).isTrue();
    assertThat(org.state().maySuspend(reporter.id(), coordinator.id())).isFalse();
  }
}
