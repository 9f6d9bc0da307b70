package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reporter's phone that was put back to an old backup, after what it wrote since was pushed. */
class RestoredPhoneTest {

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device restored;
  private RecordId before;
  private Prefix newest;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 11);
    desk = space.owner("desk");
    Device phone = space.reporter(desk, "phone");
    before = phone.record(TestSpace.note("before the backup"));
    space.sync(phone);
    space.close(phone);
    copy(folder.resolve("phone"), folder.resolve("backup"));
    phone = space.open("phone");
    phone.record(TestSpace.note("after it"));
    space.sync(phone);
    space.close(phone);
    space.sync(desk);
    restored = space.openAs("backup", "phone");
    newest = newestOfThePhone();
  }

  @AfterEach
  void end() {
    space.close();
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private Prefix newestOfThePhone() throws Exception {
    return TestSpace.held(desk).stream()
        .map(held -> held.change().prefix())
        .filter(prefix -> prefix.device().equals(restored.profile().device()))
        .reduce((one, two) -> one.sequence() > two.sequence() ? one : two)
        .orElseThrow();
  }

  private ChangeId newestId() throws Exception {
    return TestSpace.held(desk).stream()
        .map(held -> held.change())
        .filter(change -> change.prefix().equals(newest))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private void confirm(long sequence, ChangeId head, List<ChangeId> unopened) throws Exception {
    desk.write(
        WriteRequest.opening(
                RecordKind.DEVICE_NOTICE,
                List.of(
                    new Operation.Confirm(restored.profile().device(), sequence, head, unopened)))
            .circles(List.of(Circles.device(restored.profile().device()))));
    space.sync(desk);
  }

  private ReportState state(RecordId record) throws Exception {
    return restored.list().stream()
        .filter(status -> status.record().equals(record))
        .map(ReportStatus::state)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void confirmation_ofAHeadWrittenAfterTheBackup_isBelievedForWhatCameBefore() throws Exception {
    confirm(newest.sequence(), newestId(), List.of());
    space.sync(restored);
    space.sync(restored);
    assertThat(state(before)).isEqualTo(ReportState.CONFIRMED);
    assertThat(restored.fsck().problems()).isEmpty();
  }

  @Test
  void confirmation_ofAHeadWrittenAfterTheBackup_saysNothingOfABranchWrittenSince()
      throws Exception {
    RecordId since = restored.record(TestSpace.note("since"));
    space.sync(restored);
    confirm(newest.sequence() + 100, newestId(), List.of());
    confirm(newest.sequence(), newestId(), List.of());
    space.sync(restored);
    space.sync(restored);
    assertThat(state(since)).isEqualTo(ReportState.RECEIVED);
  }

  @Test
  void writing_onceTheOtherBranchIsKnown_joinsIt() throws Exception {
    restored.record(TestSpace.note("since"));
    space.sync(restored);
    confirm(newest.sequence(), newestId(), List.of());
    space.sync(restored);
    space.sync(restored);
    restored.record(TestSpace.note("later"));
    space.sync(restored);
    space.sync(desk);
    assertThat(newestOfThePhone().sequence()).isGreaterThan(newest.sequence());
    assertThat(
            TestSpace.held(desk).stream()
                .map(held -> held.change().prefix())
                .filter(prefix -> prefix.device().equals(restored.profile().device()))
                .anyMatch(prefix -> prefix.previous().size() == 2))
        .isTrue();
  }

  @Test
  void change_writtenAfterTheBackupAndErased_accusesNobody() throws Exception {
    confirm(newest.sequence(), newestId(), List.of());
    HonestLedger erased = Liars.passingFrames(space.ledger, this::withoutTheNewest);
    restored.sync(LedgerTransport.to(erased), SyncListener.NONE);
    restored.sync(LedgerTransport.to(erased), SyncListener.NONE);
    assertThat(restored.serverLied()).isFalse();
    assertThat(restored.fsck().problems()).isEmpty();
    assertThat(isHeldWithoutItsBody(newestId())).isTrue();
  }

  private Entry withoutTheNewest(Entry.OfFrame entry) {
    List<Change> changes = new ArrayList<>();
    for (Change change : entry.frame().changes()) {
      changes.add(change.prefix().equals(newest) ? change.withoutCiphertext() : change);
    }
    return new Entry.OfFrame(Frame.of(changes), entry.positions());
  }

  private boolean isHeldWithoutItsBody(ChangeId change) throws Exception {
    return restored
        .holdings()
        .store()
        .read(
            rows -> {
              Long number = OthersChanges.place(rows, change).orElseThrow().numberOrNull();
              return number != null
                  && !OthersChanges.at(rows, number).orElseThrow().ciphertext().isPresent();
            });
  }

  @Test
  void confirmation_thatListsAReportOfBefore_leavesItReceived() throws Exception {
    ChangeId first = restored.show(before).changeIds().get(0);
    confirm(newest.sequence(), newestId(), List.of(first));
    space.sync(restored);
    space.sync(restored);
    assertThat(state(before)).isEqualTo(ReportState.RECEIVED);
  }
}
