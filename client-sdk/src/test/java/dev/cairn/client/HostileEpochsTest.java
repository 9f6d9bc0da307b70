package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.Archive;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.NewEpoch;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Epochs that a coordinator turned, or a thief with his key, opens to get at keys or at people. */
class HostileEpochsTest {

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device turned;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 83);
    desk = space.owner("desk");
    turned = space.coordinator(desk, "turned");
  }

  @AfterEach
  void end() {
    space.close();
  }

  private static DeviceId id(Device device) {
    return device.profile().device();
  }

  /** As the turned coordinator writes it, continuing what he chooses. */
  private void open(RosterState seen, CircleId circle, Collection<DeviceId> members)
      throws Exception {
    NewEpoch epoch =
        new RosterWriter(seen, space.host.randomness())
            .epoch(circle, "taken", members, turned.holdings().identity().signingKey());
    turned.addStatement(epoch.statement());
    space.sync(turned);
  }

  private Device confirmedReporter(String name) throws Exception {
    Device phone = space.join(desk, name, Role.REPORTER, SealMode.NEVER);
    space.sync(phone);
    space.sync(desk);
    desk.confirmDevice(id(phone));
    space.sync(desk);
    return phone;
  }

  private CircleId sources() throws Exception {
    Device second = space.coordinator(desk, "second");
    CircleId circle = desk.circleKeys().create("sources", List.of(id(desk), id(second)));
    space.sync(desk);
    desk.record(NewRecord.of(List.of(new Operation.Note("who told us"))).circles(List.of(circle)));
    space.sync(desk);
    space.sync(second);
    space.sync(turned);
    return circle;
  }

  @Test
  void keysOfACircle_goToNobodyWhomAnOutsiderNamesInAnEpochBeside() throws Exception {
    CircleId circle = sources();
    RosterState before = turned.roster();
    List<DeviceId> all = new ArrayList<>(before.circle(circle).orElseThrow().members());
    all.add(id(turned));
    List<Statement> epochsOfOthers =
        before.statements().stream()
            .filter(statement -> statement.kind() == StatementKind.EPOCH)
            .toList();
    RosterState blind = before.without(epochsOfOthers.stream().map(Statement::id).toList());
    open(blind, circle, all);

    for (int i = 0; i < 3; i++) {
      space.sync(desk);
      space.sync(turned);
    }
    assertThat(TestSpace.notes(turned)).doesNotContain("who told us");

    desk.circleKeys().rekey(circle);
    space.sync(desk);
    space.sync(turned);
    assertThat(TestSpace.notes(turned))
        .as("a new key by hand hands on nothing old either")
        .doesNotContain("who told us");
  }

  @Test
  void deskTakenByOneCoordinator_isEverybodysAgainOnceHeIsCutOff() throws Exception {
    Device second = space.coordinator(desk, "second");
    Device phone = confirmedReporter("phone");
    space.sync(turned);
    open(turned.roster(), turned.roster().desk().orElseThrow(), List.of(id(turned)));
    space.sync(desk);
    space.sync(second);

    desk.suspensions().suspend(id(turned));
    space.sync(desk);
    space.sync(second);
    space.sync(phone);
    phone.record(TestSpace.note("for all of you"));
    space.sync(phone);
    space.sync(second);
    space.sync(desk);

    assertThat(TestSpace.notes(second)).contains("for all of you");
    assertThat(TestSpace.notes(desk)).contains("for all of you");
  }

  @Test
  void reporterWhomACoordinatorPutsAmongThem_isNotCarriedOn() throws Exception {
    Device spy = confirmedReporter("spy");
    space.sync(turned);
    open(
        turned.roster(),
        turned.roster().desk().orElseThrow(),
        List.of(id(turned), id(desk), id(spy)));
    space.sync(desk);

    desk.suspensions().suspend(id(turned));
    space.sync(desk);

    assertThat(
            desk.roster()
                .circle(desk.roster().desk().orElseThrow())
                .orElseThrow()
                .forWriting()
                .orElseThrow()
                .epoch()
                .sealFor(id(spy)))
        .isEmpty();
  }

  @Test
  void circleHalfHeardOf_isGivenNoNewKeys() throws Exception {
    Device second = space.coordinator(desk, "second");
    CircleId circle = desk.circleKeys().create("north", List.of(id(desk), id(second)));
    space.sync(desk);
    space.sync(second);
    Device newcomer = space.join(second, "newcomer", Role.REPORTER, SealMode.NEVER);
    space.sync(newcomer);
    space.sync(second);
    second.confirmDevice(id(newcomer));
    second.circleKeys().add(circle, List.of(id(newcomer)), Archive.FROM_TODAY);
    Statement epoch =
        second.roster().statements().stream()
            .filter(statement -> statement.kind() == StatementKind.EPOCH)
            .filter(statement -> !desk.roster().statement(statement.id()).isPresent())
            .filter(
                statement ->
                    second
                        .roster()
                        .circle(circle)
                        .orElseThrow()
                        .current()
                        .get(0)
                        .id()
                        .toString()
                        .equals(statement.id().toString()))
            .findFirst()
            .orElseThrow();
    desk.addStatement(epoch);

    assertThatThrownBy(() -> desk.circleKeys().rekey(circle))
        .hasFieldOrPropertyWithValue("code", "circle.half-heard");
    space.sync(second);
    space.sync(desk);
    desk.circleKeys().rekey(circle);
    assertThat(desk.roster().circle(circle).orElseThrow().members()).contains(id(newcomer));
  }
}
