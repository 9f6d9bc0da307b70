package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whose changes come right behind what it has read of the log need not fetch them to know them:
 * their receipts say where the log ends. Everybody else fetches.
 */
class OwnRunTest {

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 9);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
    space.sync(desk);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private boolean pulls(Device device) throws Exception {
    LedgerTransport transport = LedgerTransport.to(space.ledger);
    device.sync(transport, SyncListener.NONE);
    return transport.targets().stream().anyMatch(target -> target.contains("/pull?"));
  }

  @Test
  void sync_deskWritesAtTheLogsEnd_fetchesNothing() throws Exception {
    desk.record(TestSpace.note("one"));
    assertThat(pulls(desk)).isFalse();
  }

  @Test
  void sync_deskWroteAtTheLogsEnd_keepsTheWholeTree() throws Exception {
    desk.record(TestSpace.note("one"));
    space.sync(desk);
    desk.record(TestSpace.note("two"));
    space.sync(desk);
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void sync_deskWroteAtTheLogsEnd_readsOnFromThere() throws Exception {
    desk.record(TestSpace.note("mine"));
    space.sync(desk);
    phone.record(TestSpace.note("theirs"));
    space.sync(phone);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("mine", "theirs");
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void sync_othersWroteBefore_fetchesThem() throws Exception {
    phone.record(TestSpace.note("theirs"));
    space.sync(phone);
    desk.record(TestSpace.note("mine"));
    assertThat(pulls(desk)).isTrue();
    assertThat(TestSpace.notes(desk)).containsExactly("mine", "theirs");
  }

  @Test
  void sync_othersWroteWhatIsNotForThisDevice_fetchesOnce() throws Exception {
    desk.record(TestSpace.note("for the desk"));
    space.sync(desk);
    phone.record(TestSpace.note("one"));
    assertThat(pulls(phone)).isTrue();
    phone.record(TestSpace.note("two"));
    assertThat(pulls(phone)).isFalse();
  }

  @Test
  void sync_aStatementWasSent_isFetchedForItsPlace() throws Exception {
    desk.invite(Role.REPORTER, List.of(), 1, 4_000_000_000L);
    assertThat(pulls(desk)).isTrue();
    assertThat(desk.fsck().problems()).isEmpty();
  }
}
