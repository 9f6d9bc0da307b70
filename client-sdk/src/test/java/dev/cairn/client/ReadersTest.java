package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.HeldChange;
import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a coordinator's additions to somebody else's record go to. */
class ReadersTest {

  private static final CircleId COURT = court();

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private CircleId coordinators;

  private static CircleId court() {
    byte[] id = new byte[CircleId.SIZE_BYTES];
    Arrays.fill(id, (byte) 7);
    return CircleId.of(id);
  }

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 6);
    desk = space.owner("desk");
    coordinators = desk.roster().desk().orElseThrow();
    desk.addStatement(
        new RosterWriter(desk.roster(), space.host.randomness())
            .epoch(
                COURT,
                "court",
                List.of(desk.profile().device()),
                desk.holdings().identity().signingKey())
            .statement());
    phone =
        space.join(desk, "phone", Role.REPORTER, SealMode.ON_RECEIPT, List.of(coordinators, COURT));
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
    assertThat(readersOfAnEdit(List.of(coordinators, COURT)))
        .containsExactlyInAnyOrder(coordinators, COURT);
  }

  @Test
  void edit_recordKeptFromTheDesk_isKeptFromItToo() throws Exception {
    assertThat(readersOfAnEdit(List.of(COURT))).containsExactly(COURT);
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
