package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.HeldChange;
import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a coordinator's additions to somebody else's record go to. */
class ReadersTest {

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private CircleId coordinators;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 6);
    desk = space.owner("desk");
    coordinators = desk.roster().desk().orElseThrow();
    desk.addStatement(Court.of(space, desk, desk));
    phone =
        space.join(
            desk, "phone", Role.REPORTER, SealMode.ON_RECEIPT, List.of(coordinators, Court.ID));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private List<CircleId> readersOfAnEdit(List<CircleId> recordedFor) throws Exception {
    RecordId record = phone.record(TestSpace.note("first").circles(recordedFor));
    space.sync(phone);
    space.sync(desk);
    ChangeId edit = desk.edit(record, List.of(new Operation.Note("from the desk")));
    for (HeldChange held : TestSpace.held(desk)) {
      if (held.change().id().equals(edit)) {
        return held.change().prefix().audience().circles();
      }
    }
    throw new AssertionError("the edit is not held");
  }

  @Test
  void edit_recordForTwoCircles_goesToBoth() throws Exception {
    assertThat(readersOfAnEdit(List.of(coordinators, Court.ID)))
        .containsExactlyInAnyOrder(coordinators, Court.ID);
  }

  @Test
  void edit_recordKeptFromTheDesk_isKeptFromItToo() throws Exception {
    assertThat(readersOfAnEdit(List.of(Court.ID))).containsExactly(Court.ID);
  }

  @Test
  void edit_recordForTheDesk_goesToTheDeskAlone() throws Exception {
    assertThat(readersOfAnEdit(List.of())).containsExactly(coordinators);
  }

  @Test
  void coordinator_whoSyncedBeforeBeingConfirmed_readsEverythingAfterwards() throws Exception {
    Device second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    phone.record(TestSpace.note("before it came"));
    space.sync(phone);
    space.sync(second);
    phone.record(TestSpace.note("before it was confirmed"));
    space.sync(phone);
    space.sync(desk);
    desk.confirmDevice(second.profile().device());
    space.sync(desk);
    phone.record(TestSpace.note("afterwards"));
    space.sync(phone);

    space.sync(second);

    assertThat(TestSpace.notes(second)).hasSize(3);
    assertThat(second.serverLied()).isFalse();
    assertThat(second.fsck().problems()).isEmpty();
  }
}
