package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New keys for a circle. */
class RekeyTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 11);
    desk = space.owner("desk");
  }

  @AfterEach
  void end() {
    space.close();
  }

  private List<DeviceId> holders() {
    CircleState circle = desk.roster().circle(desk.roster().desk().orElseThrow()).orElseThrow();
    return circle.forWriting().orElseThrow().epoch().members().stream()
        .map(seal -> seal.device())
        .toList();
  }

  @Test
  void newKeys_areSealedToEveryCoordinatorButWhoWasCutOff() throws Exception {
    Device second = space.coordinator(desk, "second");
    Device third = space.coordinator(desk, "third");
    DeviceId lost = third.profile().device();
    assertThat(holders()).contains(lost);
    desk.suspend(lost);

    desk.rekey(desk.roster().desk().orElseThrow());

    assertThat(holders())
        .containsExactlyInAnyOrder(desk.profile().device(), second.profile().device());
    space.sync(desk);
    Device phone = space.join(desk, "phone", Role.REPORTER, SealMode.NEVER);
    phone.record(TestSpace.note("for those who are left"));
    space.sync(phone);
    space.sync(second);
    assertThat(TestSpace.notes(second)).contains("for those who are left");
  }
}
