package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.Archive;
import dev.cairn.client.space.CircleStatus;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Circles as coordinators make and change them, and what is refused. */
class CircleKeysTest {

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device amal;
  private Device basim;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 31);
    desk = space.owner("desk");
    amal = confirmed("amal");
    basim = confirmed("basim");
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** A reporter whose words were compared. */
  private Device confirmed(String name) throws Exception {
    Device reporter = space.join(desk, name, Role.REPORTER, SealMode.NEVER);
    space.sync(reporter);
    space.sync(desk);
    desk.confirmDevice(id(reporter));
    space.sync(desk);
    space.sync(reporter);
    return reporter;
  }

  private static DeviceId id(Device device) {
    return device.profile().device();
  }

  private CircleId team() throws Exception {
    CircleId team = desk.circleKeys().create("north", List.of(id(amal), id(basim)));
    meet();
    return team;
  }

  private void meet() throws Exception {
    space.sync(desk);
    space.sync(amal);
    space.sync(basim);
  }

  private void say(Device author, String text, CircleId... circles) throws Exception {
    author.record(TestSpace.note(text).circles(List.of(circles)));
    space.sync(author);
  }

  private static void assertRefused(String code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private CircleStatus status(CircleId circle) {
    return desk.circleKeys().list().stream()
        .filter(each -> each.id().equals(circle))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void team_ofTwoReporters_readEachOther_andTheDeskWhatIsForItToo() throws Exception {
    CircleId team = team();
    CircleId coordinators = desk.roster().desk().orElseThrow();

    say(amal, "from amal", team);
    say(basim, "from basim", team, coordinators);
    meet();

    assertThat(TestSpace.notes(amal)).containsExactlyInAnyOrder("from amal", "from basim");
    assertThat(TestSpace.notes(basim)).containsExactlyInAnyOrder("from amal", "from basim");
    assertThat(TestSpace.notes(desk)).containsExactly("from basim");
    assertThat(amal.fsck().problems()).isEmpty();
  }

  @Test
  void removedDevice_neitherFetchesNorOpens_andKeepsWhatItHas() throws Exception {
    CircleId team = team();
    say(amal, "before", team);
    meet();

    desk.circleKeys().naming("north").remove(team, List.of(id(basim)));
    space.sync(desk);
    // Amal has not heard of it: what she writes is sealed to keys that Basim has.
    say(amal, "under the keys he has", team);
    space.sync(amal);
    say(amal, "under the new keys", team);
    int held = TestSpace.held(basim).size();
    space.sync(basim);

    assertThat(TestSpace.held(basim)).hasSize(held);
    assertThat(TestSpace.notes(basim)).containsExactly("before");
    assertThat(basim.roster().mayFetch(id(basim), team)).isFalse();
    assertThat(basim.roster().device(id(amal))).isPresent();
    assertThat(basim.fsck().problems()).isEmpty();
    assertThat(basim.serverLied()).isFalse();
  }

  @Test
  void deviceTakenInAgain_readsOn() throws Exception {
    CircleId team = team();
    desk.circleKeys().naming("north").remove(team, List.of(id(basim)));
    meet();
    say(amal, "while he was out", team);
    desk.circleKeys().naming("north").add(team, List.of(id(basim)), Archive.FROM_TODAY);
    meet();
    say(amal, "since he is back", team);
    space.sync(basim);

    assertThat(TestSpace.notes(basim)).containsExactly("since he is back");
    assertThat(basim.fsck().problems()).isEmpty();
  }

  @Test
  void deviceAdded_withTheArchive_readsWhatWasWrittenBefore() throws Exception {
    CircleId team = desk.circleKeys().create("north", List.of(id(desk), id(amal)));
    meet();
    say(amal, "before", team);
    desk.circleKeys().rekey(team);
    meet();
    say(amal, "and under the next keys", team);

    int lacking = desk.circleKeys().add(team, List.of(id(basim)), Archive.ALL);
    meet();

    assertThat(lacking).isZero();
    assertThat(TestSpace.notes(basim))
        .containsExactlyInAnyOrder("before", "and under the next keys");
  }

  @Test
  void deviceAdded_fromToday_isHandedTheArchiveLater() throws Exception {
    CircleId team = desk.circleKeys().create("north", List.of(id(desk), id(amal)));
    meet();
    say(amal, "before", team);
    desk.circleKeys().add(team, List.of(id(basim)), Archive.FROM_TODAY);
    meet();
    say(amal, "after", team);
    space.sync(basim);
    assertThat(TestSpace.notes(basim)).containsExactly("after");
    assertThat(basim.fsck().problems()).isEmpty();

    desk.circleKeys().add(team, List.of(id(basim)), Archive.ALL);
    meet();

    assertThat(TestSpace.notes(basim)).containsExactlyInAnyOrder("before", "after");
    assertThat(desk.roster().circle(team).orElseThrow().epochs()).hasSize(2);
  }

  @Test
  void archive_ofKeysThatThisDeskLacks_isToldOf() throws Exception {
    CircleId team = team();

    assertThat(desk.circleKeys().naming("north").add(team, List.of(id(desk)), Archive.ALL))
        .isEqualTo(1);
  }

  @Test
  void newName_isReadByMembers_andStays() throws Exception {
    CircleId team = desk.circleKeys().create("north", List.of(id(desk), id(amal)));
    desk.circleKeys().naming("the coast").rekey(team);
    desk.circleKeys().rekey(team);

    assertThat(status(team).name()).contains("the coast");
  }

  @Test
  void circle_thatThisDeskCannotName_needsAName() throws Exception {
    CircleId team = team();

    assertRefused("circle.unnamed", () -> desk.circleKeys().rekey(team));
    desk.circleKeys().naming("north").rekey(team);
    space.sync(desk);
    space.sync(amal);
    assertThat(amal.circles().stream().map(each -> each.name()).toList())
        .contains(Optional.of("north"));
  }

  @Test
  void names_thatWouldMislead_areRefused() throws Exception {
    List<DeviceId> members = List.of(id(desk), id(amal));
    CircleId north = desk.circleKeys().create("north", members);
    CircleId south = desk.circleKeys().create("south", members);

    assertRefused("circle.taken", () -> desk.circleKeys().create("north", members));
    assertRefused("circle.taken", () -> desk.circleKeys().naming("north").rekey(south));
    for (String name : List.of("desk", "Own", "", " ", "a\0b", "\ud800")) {
      assertRefused("circle.name", () -> desk.circleKeys().create(name, members));
    }
    assertRefused(
        "circle.name", () -> desk.circleKeys().naming("x").rekey(desk.roster().desk().get()));
    desk.circleKeys().naming("north").rekey(north);
  }

  @Test
  void name_ofTheMostBytes_isTaken_andNoLonger() throws Exception {
    char[] letters = new char[Limits.NAME_SIZE_BYTES_MAX / 2];
    java.util.Arrays.fill(letters, '\u0628');
    String longest = new String(letters);

    CircleId circle = desk.circleKeys().create(longest, List.of(id(desk)));

    assertThat(status(circle).name()).contains(longest);
    assertRefused("circle.name", () -> desk.circleKeys().create(longest + "x", List.of(id(desk))));
  }

  @Test
  void whoIsUnfit_isNotTakenIn() throws Exception {
    CircleId team = team();
    Device waiting = space.join(desk, "waiting", Role.REPORTER, SealMode.NEVER);
    space.sync(waiting);
    space.sync(desk);
    DeviceId stranger = DeviceId.of(new byte[DeviceId.SIZE_BYTES]);

    assertRefused("device.unknown", () -> desk.circleKeys().create("x", List.of(stranger)));
    assertRefused("device.provisional", () -> desk.circleKeys().create("x", List.of(id(waiting))));
    assertRefused("circle.empty", () -> desk.circleKeys().create("x", List.of()));
    assertRefused(
        "circle.member",
        () -> desk.circleKeys().naming("n").add(team, List.of(id(amal)), Archive.FROM_TODAY));
    assertRefused("circle.stranger", () -> desk.circleKeys().remove(team, List.of(id(waiting))));
    assertRefused(
        "circle.empty", () -> desk.circleKeys().remove(team, List.of(id(amal), id(basim))));
    desk.suspend(id(basim));
    assertRefused("device.suspended", () -> desk.circleKeys().create("x", List.of(id(basim))));
  }

  @Test
  void circlesOfOthers_areRefused() throws Exception {
    CircleId own = Circles.device(id(amal));
    CircleId none = CircleId.of(new byte[CircleId.SIZE_BYTES]);
    CircleId coordinators = desk.roster().desk().orElseThrow();

    assertRefused("circle.own", () -> desk.circleKeys().rekey(own));
    assertRefused("circle.unknown", () -> desk.circleKeys().rekey(none));
    assertRefused("role.missing", () -> amal.circleKeys().create("x", List.of(id(amal))));
    assertRefused(
        "circle.desk", () -> desk.circleKeys().add(coordinators, List.of(id(amal)), Archive.ALL));
    assertRefused("circle.desk", () -> desk.circleKeys().remove(coordinators, List.of(id(desk))));
  }

  @Test
  void members_asManyAsAnEpochHas_areTaken_andNoMore() throws Exception {
    List<DeviceId> many = new Crowd(space, desk).confirmed(Limits.EPOCH_MEMBERS_MAX);

    CircleId full = desk.circleKeys().create("crowd", many);

    assertThat(status(full).members()).hasSize(Limits.EPOCH_MEMBERS_MAX);
    assertRefused(
        "circle.full",
        () -> desk.circleKeys().naming("n").add(full, List.of(id(amal)), Archive.FROM_TODAY));
  }

  @Test
  void status_tellsWhoLacksTheNewestKeys() throws Exception {
    CircleId team = team();

    assertThat(status(team).member()).isFalse();
    assertThat(status(team).opens()).isFalse();
    assertThat(status(team).behind()).isEmpty();
    assertThat(status(team).members()).containsExactlyInAnyOrder(id(amal), id(basim));
    assertThat(status(team).toString()).doesNotContain("north");
  }
}
