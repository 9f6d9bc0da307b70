package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.FilesToShow;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.id.AttachmentId;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that may have lost its files is asked for all of them once, and sent what it lacks. */
class AttachmentRefillTest extends AttachedPhotograph {

  private AttachmentId second;

  @BeforeEach
  void fetched() throws Exception {
    second = attach(3000);
    space.sync(phone);
    space.sync(desk);
    assertThat(fetch(Long.MAX_VALUE)).isEmpty();
    space.ledger.forget(photo.toString());
    space.ledger.forget(second.toString());
  }

  private void begin(Device device) throws Exception {
    device.holdings().store().change(FilesToShow::begin);
  }

  private List<AttachmentId> left(Device device, boolean others) throws Exception {
    return device.holdings().store().read(rows -> FilesToShow.left(rows, others)).stream()
        .map(AttachmentRow::id)
        .toList();
  }

  /** The files, ascending, as they are seen to. */
  private List<AttachmentId> both() {
    Map<AttachmentId, Boolean> both = new TreeMap<>();
    both.put(photo, true);
    both.put(second, true);
    return new ArrayList<>(both.keySet());
  }

  private boolean isThere(AttachmentId id) throws Exception {
    byte[] whole =
        Files.readAllBytes(desk.holdings().folder().attachments().resolve(id.toString()));
    return Arrays.equals(space.ledger.file(id.toString()), whole);
  }

  /** A server that refuses one of the files. */
  private HonestLedger refusing(AttachmentId file, String code) {
    HonestLedger refusing =
        new HonestLedger(space.ledger) {
          @Override
          protected Optional<String> uploadRefusal(String id) {
            return id.equals(file.toString()) ? Optional.of(code) : Optional.empty();
          }
        };
    refusing.copy(space.ledger);
    return refusing;
  }

  private static SyncResult sync(Device device, HonestLedger ledger) throws Exception {
    return device.sync(LedgerTransport.to(ledger), SyncListener.NONE);
  }

  @Test
  void coordinator_givesAServerWhatItLost_onceItMayHave() throws Exception {
    space.sync(desk);
    assertThat(isThere(photo)).isFalse();
    begin(desk);
    assertThat(left(desk, true)).isEqualTo(both());

    assertThat(space.sync(desk).attachments()).isEmpty();
    assertThat(isThere(photo)).isTrue();
    assertThat(isThere(second)).isTrue();
    assertThat(desk.holdsAttachment(photo)).isTrue();
  }

  @Test
  void coordinator_whoHasSeenToAll_asksNoMore() throws Exception {
    begin(desk);
    space.sync(desk);
    LedgerTransport link = LedgerTransport.to(space.ledger);
    desk.sync(link, SyncListener.NONE);
    assertThat(asked(link)).isZero();
  }

  @Test
  void whatTheServerHas_isShownAndNotSent() throws Exception {
    begin(desk);
    space.sync(desk);
    long sent = space.ledger.uploadedBytes();
    begin(desk);
    LedgerTransport link = LedgerTransport.to(space.ledger);
    desk.sync(link, SyncListener.NONE);
    assertThat(asked(link)).isEqualTo(2);
    assertThat(space.ledger.uploadedBytes()).isEqualTo(sent);
  }

  @Test
  void alteredFile_isSentAnew() throws Exception {
    begin(desk);
    space.sync(desk);
    int size = Files.readAllBytes(file(desk)).length;
    space.ledger.alter(photo.toString(), 0, size);
    begin(desk);
    space.sync(desk);
    assertThat(isThere(photo)).isTrue();
  }

  /** Only a coordinator may send others' files; a phone that read them asks for its own. */
  @Test
  void othersFiles_areACoordinatorsToShow() throws Exception {
    begin(desk);
    assertThat(left(desk, false)).isEmpty();
    begin(phone);
    assertThat(left(phone, false)).isEqualTo(both());
  }

  @Test
  void serverThatCanTakeNothingNow_isGivenTheRestWithTheNextSync() throws Exception {
    begin(desk);
    AttachmentId last = both().get(1);
    SyncResult result = sync(desk, refusing(last, "store.full"));
    assertThat(codes(result.attachments())).containsExactly("store.full");
    assertThat(left(desk, true)).containsExactly(last);

    space.sync(desk);
    assertThat(isThere(last)).isTrue();
    assertThat(left(desk, true)).isEmpty();
  }

  @Test
  void refusalOfOneFile_isTold_andTheOthersGo() throws Exception {
    begin(desk);
    AttachmentId first = both().get(0);
    HonestLedger refusing = refusing(first, "attachment.size");
    SyncResult result = sync(desk, refusing);
    assertThat(codes(result.attachments())).containsExactly("attachment.size");
    assertThat(refusing.file(both().get(1).toString())).isNotEmpty();
    assertThat(left(desk, true)).isEmpty();
  }

  /** Its change was withdrawn, or has not come to this log. */
  @Test
  void fileThatNoChangeNamesAtTheServer_isPassedOver() throws Exception {
    begin(desk);
    SyncResult result = sync(desk, refusing(both().get(0), "attachment.unknown"));
    assertThat(result.attachments()).isEmpty();
    assertThat(left(desk, true)).isEmpty();
  }

  @Test
  void networkOnWhichNoFilesMayTravel_leavesAllOfItToDo() throws Exception {
    begin(desk);
    desk.sync(
        LedgerTransport.to(space.ledger),
        new SyncListener() {
          @Override
          public boolean maySendAttachments() {
            return false;
          }
        });
    assertThat(left(desk, true)).isEqualTo(both());
    assertThat(isThere(photo)).isFalse();
  }

  @Test
  void linkThatDiesAtAnyStep_costsNothingThatWasDone() throws Exception {
    boolean through = false;
    int stopped = 0;
    for (int steps = 0; !through; steps++) {
      space.ledger.forget(photo.toString());
      space.ledger.forget(second.toString());
      begin(desk);
      LedgerTransport link = LedgerTransport.to(space.ledger).cutAfter(steps);
      try {
        desk.sync(link, SyncListener.NONE);
        through = true;
      } catch (TransportException cut) {
        List<AttachmentId> left = left(desk, true);
        stopped += left.size() == 1 ? 1 : 0;
        LedgerTransport again = LedgerTransport.to(space.ledger);
        desk.sync(again, SyncListener.NONE);
        assertThat(asked(again)).isBetween(left.isEmpty() ? 0L : 1L, 2L * left.size());
      }
      assertThat(isThere(photo)).as("step " + steps).isTrue();
      assertThat(isThere(second)).as("step " + steps).isTrue();
    }
    assertThat(stopped).isPositive();
  }
}
