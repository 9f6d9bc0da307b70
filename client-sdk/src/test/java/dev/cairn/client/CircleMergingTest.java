package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.Archive;
import dev.cairn.client.space.CircleMerging;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two coordinators change a circle's keys at once, neither hearing of the other. */
class CircleMergingTest {

  @TempDir private Path folder;
  private TestSpace space;
  private Device first;
  private Device second;
  private CircleId desk;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 12);
    first = space.owner("first");
    second = space.coordinator(first, "second");
    desk = first.roster().desk().orElseThrow();
    space.sync(first);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private static DeviceId id(Device device) {
    return device.profile().device();
  }

  private Device newcomer(String name, Role role) throws Exception {
    Device device = space.join(first, name, role, SealMode.NEVER);
    space.sync(device);
    space.sync(first);
    space.sync(second);
    return device;
  }

  private static CircleState state(Device device, CircleId circle) {
    return device.roster().circle(circle).orElseThrow();
  }

  private static Set<DeviceId> newestHolders(Device device, CircleId circle) {
    Set<DeviceId> holders = new TreeSet<>();
    state(device, circle)
        .forWriting()
        .orElseThrow()
        .epoch()
        .members()
        .forEach(each -> holders.add(each.device()));
    return holders;
  }

  private void meet(Device... devices) throws Exception {
    for (int round = 0; round < 2; round++) {
      for (Device device : devices) {
        space.sync(device);
      }
    }
  }

  /** What one holds of the roster comes to another without the server. */
  private static void tell(Device from, Device to) throws Exception {
    ByHand.take(to, List.copyOf(from.roster().statements()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void newcomersConfirmedAtOnce_areBothSeated_andReadEverything(boolean firstMeetsFirst)
      throws Exception {
    Device phone = newcomer("phone", Role.REPORTER);
    Device third = newcomer("third", Role.COORDINATOR);
    Device fourth = newcomer("fourth", Role.COORDINATOR);
    first.confirmDevice(id(third));
    second.confirmDevice(id(fourth));
    space.sync(firstMeetsFirst ? first : second);
    space.sync(phone);
    phone.record(TestSpace.note("sealed to one of them"));
    space.sync(phone);
    space.sync(firstMeetsFirst ? second : first);

    meet(first, second, third, fourth);

    assertThat(newestHolders(third, desk))
        .containsExactlyInAnyOrder(id(first), id(second), id(third), id(fourth));
    assertThat(third.opens(desk)).isTrue();
    assertThat(fourth.opens(desk)).isTrue();
    assertThat(state(first, desk).current()).hasSize(1);
    assertThat(TestSpace.notes(third)).contains("sealed to one of them");
    assertThat(TestSpace.notes(fourth)).contains("sealed to one of them");
    assertThat(third.fsck().problems()).isEmpty();
    assertThat(fourth.fsck().problems()).isEmpty();
  }

  @Test
  void additionsAtOnce_mergedByTwoAtOnce_comeToRest() throws Exception {
    Device third = newcomer("third", Role.COORDINATOR);
    Device fourth = newcomer("fourth", Role.COORDINATOR);
    first.confirmDevice(id(third));
    second.confirmDevice(id(fourth));
    tell(first, second);
    tell(second, first);
    assertThat(new CircleMerging(first.holdings()).run()).isTrue();
    assertThat(new CircleMerging(second.holdings()).run()).isTrue();

    meet(first, second, third, fourth);
    int epochs = state(first, desk).epochs().size();
    meet(first, second, third, fourth);

    assertThat(state(first, desk).current()).hasSize(2);
    assertThat(state(first, desk).epochs()).hasSize(epochs);
    for (Device each : List.of(first, second, third, fourth)) {
      assertThat(each.opens(desk)).isTrue();
      assertThat(state(each, desk).writingKey()).isEqualTo(state(first, desk).writingKey());
    }
  }

  @Test
  void keysGivenTwiceAtOnce_lackNobody_andAreLeftAlone() throws Exception {
    first.rekey(desk);
    second.rekey(desk);
    meet(first, second);
    assertThat(state(first, desk).current()).hasSize(2);

    first.rekey(desk);
    meet(first, second);

    assertThat(state(second, desk).current()).hasSize(1);
  }

  @Test
  void deviceRemoved_whileAnotherGivesNewKeys_staysOut() throws Exception {
    Device amal = newcomer("amal", Role.REPORTER);
    first.confirmDevice(id(amal));
    CircleId team = first.circleKeys().create("north", List.of(id(first), id(second), id(amal)));
    meet(first, second, amal);
    first.circleKeys().remove(team, List.of(id(amal)));
    second.rekey(team);

    meet(second, first, amal);

    for (Device each : List.of(first, second, amal)) {
      assertThat(newestHolders(each, team)).containsExactlyInAnyOrder(id(first), id(second));
      assertThat(each.roster().mayFetch(id(amal), team)).isFalse();
    }
  }

  /** Nobody could read what was sealed to the other side's keys: who has them hands them on. */
  @Test
  void merge_byWhoLacksTheKeysOfOneSide_isLeftToWhoHasThem() throws Exception {
    Device third = newcomer("third", Role.COORDINATOR);
    Device fourth = newcomer("fourth", Role.COORDINATOR);
    first.confirmDevice(id(third));
    second.confirmDevice(id(fourth));
    tell(first, third);
    tell(second, third);

    assertThat(state(third, desk).current()).hasSize(2);
    assertThat(new CircleMerging(third.holdings()).run()).isFalse();
    assertThat(state(third, desk).members()).contains(id(third), id(fourth));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void members_asManyAsADeskHandsKeysToByItself_andNoMore(int more) throws Exception {
    List<DeviceId> crowd = new Crowd(space, first).confirmed(Limits.MERGE_GRANTS_MAX + more);
    CircleId team = first.circleKeys().create("north", List.of(id(first), id(second)));
    meet(first, second);
    first.circleKeys().add(team, crowd.subList(1, crowd.size()), Archive.FROM_TODAY);
    second.circleKeys().add(team, crowd.subList(0, 1), Archive.FROM_TODAY);

    meet(first, second);

    assertThat(state(first, team).current()).hasSize(more == 0 ? 1 : 2);
    second.rekey(team);
    meet(second, first);
    assertThat(state(first, team).current()).hasSize(1);
    assertThat(newestHolders(first, team)).hasSize(crowd.size() + 2);
  }

  @Test
  void reportSealedMonthsAgo_opensForWhoHasTheArchive_andForNobodyFromToday() throws Exception {
    Device phone = newcomer("phone", Role.REPORTER);
    phone.record(TestSpace.note("of months ago"));
    byte[] stick = Sticks.from(phone);
    for (int month = 0; month < 3; month++) {
      first.rekey(desk);
      second.rekey(desk);
      meet(first, second);
    }
    Device archivist = newcomer("archivist", Role.COORDINATOR);
    Device later = newcomer("later", Role.COORDINATOR);
    first.confirmDevice(id(archivist));
    first.confirmDevice(id(later), Archive.FROM_TODAY);
    meet(first, archivist, later);

    Sticks.into(second, stick);
    meet(second, first, archivist, later);

    for (Device each : List.of(first, second, archivist)) {
      assertThat(TestSpace.notes(each)).contains("of months ago");
    }
    assertThat(TestSpace.notes(later)).doesNotContain("of months ago");
    assertThat(later.opens(desk)).isTrue();
    assertThat(later.fsck().problems()).isEmpty();
    assertThat(later.serverLied()).isFalse();
    space.sync(phone);
    phone.record(TestSpace.note("of today"));
    meet(phone, later);
    assertThat(TestSpace.notes(later)).contains("of today");
    first.circleKeys().add(desk, List.of(id(later)), Archive.ALL);
    meet(first, later);
    assertThat(TestSpace.notes(later)).contains("of months ago");
  }
}
