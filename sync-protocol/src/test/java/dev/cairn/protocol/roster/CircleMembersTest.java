package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who belongs to a circle whose keys several people changed, none knowing of the others. */
class CircleMembersTest {

  private final Organisation org = new Organisation(8);
  private final Person one = org.coordinator();
  private final Person two = org.coordinator();
  private final Person amal = org.reporter();
  private final Person basim = org.reporter();
  private final Person dalia = org.reporter();
  private final CircleId circle = org.newCircle();
  private final RosterState empty = org.state();

  private RosterState opened(Person... members) {
    return empty.with(org.epoch(empty, one, circle, members).statement());
  }

  private CircleState found() {
    return org.state().circle(circle).orElseThrow();
  }

  private static Set<DeviceId> ids(Person... people) {
    Set<DeviceId> ids = new TreeSet<>();
    for (Person person : people) {
      ids.add(person.id());
    }
    return ids;
  }

  /** What the next coordinator does who has seen everything. */
  private NewEpoch merge() {
    NewEpoch merged = org.writer().epoch(circle, "circle", found().members(), org.owner.signing);
    org.add(merged.statement());
    return merged;
  }

  @Test
  void twoAdditions_atOnce_loseNobody() {
    RosterState seen = opened(one, two);
    org.epoch(seen, one, circle, one, two, amal);
    org.epoch(seen, two, circle, one, two, basim);

    assertThat(found().members()).isEqualTo(ids(one, two, amal, basim));

    merge();
    assertThat(found().current()).hasSize(1);
    assertThat(found().members()).isEqualTo(ids(one, two, amal, basim));
  }

  @Test
  void threeEpochs_fromNothing_areOfEverybodyInThem() {
    org.epoch(empty, one, circle, amal);
    org.epoch(empty, two, circle, basim);
    org.epoch(empty, org.owner, circle, dalia);

    assertThat(found().members()).isEqualTo(ids(amal, basim, dalia));
  }

  @Test
  void removal_whileAnotherKeeps_wins() {
    RosterState seen = opened(one, amal);
    NewEpoch kept = org.epoch(seen, two, circle, one, amal);
    NewEpoch removed = org.epoch(seen, one, circle, one);

    assertThat(found().members()).isEqualTo(ids(one));
    assertThat(org.state().mayFetch(amal.id(), circle)).isFalse();
    assertThat(found().forWriting().orElseThrow().id())
        .isEqualTo(removed.id())
        .isNotEqualTo(kept.id());
  }

  /** Else whoever is taken out would be in again once two had changed keys in between. */
  @Test
  void removal_someEpochsAgo_wins() {
    RosterState seen = opened(one, amal);
    org.epoch(seen, two, circle, one, amal);
    RosterState removed = seen.with(org.epoch(seen, one, circle, one).statement());
    org.epoch(removed, one, circle, one, basim);

    assertThat(found().members()).isEqualTo(ids(one, basim));
  }

  @Test
  void removal_undoneByWhoKnewOfIt_isUndone() {
    RosterState seen = opened(one, amal);
    RosterState removed = seen.with(org.epoch(seen, one, circle, one).statement());
    org.epoch(removed, two, circle, one);
    org.epoch(removed, one, circle, one, amal);

    assertThat(found().members()).isEqualTo(ids(one, amal));
    assertThat(org.state().mayFetch(amal.id(), circle)).isTrue();
  }

  @Test
  void removal_onceMoreWhileAnotherUndoesTheFirst_wins() {
    RosterState seen = opened(one, amal);
    RosterState back =
        seen.with(org.epoch(seen, one, circle, one).statement())
            .with(org.epoch(seen, two, circle, one, amal).statement());
    // Who merges them, and puts her back, knows of the first removal; somebody else does not.
    org.epoch(back, one, circle, one, amal);
    org.epoch(seen, org.owner, circle, one);

    assertThat(found().members()).isEqualTo(ids(one));
  }

  @Test
  void removal_byAnEpochThatDoesNotStand_isNone() {
    RosterState seen = opened(one, amal);
    org.epoch(seen, two, circle, one);
    org.sign(new Suspension(two.id(), List.of(), List.of()), org.owner.signing);

    assertThat(found().members()).isEqualTo(ids(one, amal));
    assertThat(org.state().mayFetch(amal.id(), circle)).isTrue();
  }

  @Test
  void removedDevice_withAGrant_fetchesNothing() {
    RosterState seen = opened(one, amal);
    org.epoch(seen, one, circle, one);
    EpochKeyRing ring = EpochKeyRing.of(one.id(), one.encryption).open(org.state());
    org.writer().grants(circle, amal.id(), ring, one.signing).forEach(org::add);

    assertThat(org.state().mayFetch(amal.id(), circle)).isFalse();
  }

  /** Else it would go on writing as one of them, under keys that nobody uses any more. */
  @Test
  void removedDevice_isToldOfItAndOfNobodyElse() {
    RosterState seen = opened(one, amal);
    NewEpoch removed = org.epoch(seen, one, circle, one, basim);

    RosterState part = org.heldBy(amal);

    assertThat(part.mayFetch(amal.id(), circle)).isFalse();
    assertThat(part.writingKey(circle).orElseThrow().epoch()).isEqualTo(removed.id());
    assertThat(part.device(basim.id())).isEmpty();
  }

  @Test
  void currentEpochs_asManyAsAreAsked_areAllAsked() {
    RosterState seen = opened(one, amal);
    RosterState removed = seen.with(org.epoch(seen, one, circle, one).statement());
    for (int i = 0; i < Limits.SUPERSEDED_MAX; i++) {
      org.epoch(removed, one, circle, one);
    }
    assertThat(found().current()).hasSize(Limits.SUPERSEDED_MAX);
    assertThat(found().members()).isEqualTo(ids(one));

    org.epoch(removed, one, circle, one, amal);
    merge();
    merge();
    assertThat(found().current()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void historyByChance_inEveryOrder_keepsWhoWasAddedAndNotRemoved(long seed) {
    Chances chances = new Chances(seed);
    for (int step = 0; step < 14; step++) {
      chances.step();
      assertThat(found().members()).as("after step " + step).isEqualTo(chances.expected());
    }
    List<String> expected = Answers.of(org.state());
    List<Statement> order = new ArrayList<>(org.all);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(order, chances.random);
      RosterState folded = org.fold(order);
      assertThat(Answers.of(folded)).isEqualTo(expected);
      assertThat(folded.circle(circle).orElseThrow().members()).isEqualTo(found().members());
    }
    Set<DeviceId> before = found().members();
    merge();
    assertThat(found().members()).isEqualTo(before);
    assertThat(found().current()).hasSize(1);
  }

  /** Coordinators who know more or less, and what an account by sets alone expects. */
  private final class Chances {

    private final Random random;
    private final List<Person> people = List.of(one, two, amal, basim, dalia);
    private final List<Said> said = new ArrayList<>();

    Chances(long seed) {
      random = new Random(seed);
      say(List.of(), ids(one, amal));
    }

    /** One epoch: what its author knew, with all that those knew, and whom he named. */
    private record Said(Statement epoch, Set<Said> knew, Set<DeviceId> named) {

      Set<Said> directly() {
        Set<Said> directly = new HashSet<>(knew);
        knew.forEach(each -> directly.removeAll(each.knew));
        return directly;
      }

      boolean leavesOut(DeviceId device) {
        return !named.contains(device)
            && directly().stream().anyMatch(each -> each.named.contains(device));
      }

      @Override
      public boolean equals(Object other) {
        return this == other;
      }

      @Override
      public int hashCode() {
        return epoch.hashCode();
      }
    }

    private void say(Collection<Said> knew, Set<DeviceId> named) {
      Set<Said> all = new HashSet<>(knew);
      knew.forEach(each -> all.addAll(each.knew));
      RosterState seen = empty.with(all.stream().map(Said::epoch).toList());
      NewEpoch epoch = org.writer(seen).epoch(circle, "circle", named, one.signing);
      org.add(epoch.statement());
      said.add(new Said(epoch.statement(), all, named));
    }

    void step() {
      List<Said> knew = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        knew.add(said.get(random.nextInt(said.size())));
      }
      Set<DeviceId> named = new TreeSet<>();
      knew.forEach(each -> named.addAll(each.named));
      DeviceId chosen = people.get(random.nextInt(people.size())).id();
      switch (random.nextInt(3)) {
        case 0 -> named.add(chosen);
        case 1 -> named.remove(chosen);
        default -> {}
      }
      say(knew, named);
    }

    /** Whom some epoch names whose author knew of every one that left him out. */
    Set<DeviceId> expected() {
      Set<DeviceId> members = new TreeSet<>();
      for (Person person : people) {
        List<Said> out = said.stream().filter(each -> each.leavesOut(person.id())).toList();
        boolean isIn =
            said.stream()
                .anyMatch(each -> each.named.contains(person.id()) && each.knew.containsAll(out));
        if (isIn) {
          members.add(person.id());
        }
      }
      return members;
    }
  }
}
