package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.Unreconciled;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many checkpoints a parcel shows to a server, which has to account for each of them. */
class ShownCheckpointsTest {

  private static final int MOST = Limits.SHOWN_CHECKPOINTS_MAX;

  @TempDir Path folder;
  private TestSpace space;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 6);
    phone = space.reporter(space.owner("desk"), "phone");
    space.sync(phone);
    phone.record(TestSpace.note("to be carried"));
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** Has so many checkpoints, which came by hand, wait. */
  private void wait(int count) throws Exception {
    Map<Long, LogKey> logs = phone.holdings().roster().logs();
    phone
        .holdings()
        .store()
        .change(
            rows -> {
              Unreconciled waiting = Unreconciled.read(rows, logs);
              for (int i = 1; i <= count; i++) {
                Digest root = Digest.of(new byte[Digest.SIZE_BYTES]);
                Checkpoint claimed = new Checkpoint(logs.get(0L).origin(), 1_000 + i, root);
                waiting = waiting.with(0, SignedCheckpoint.sign(claimed, space.ledger.logKey()));
              }
              waiting.write(rows);
            });
  }

  /** The checkpoints shown in the parcel of a bundle. */
  private long shown() throws Exception {
    byte[] stick = Sticks.from(phone);
    BundleReader bundle = new BundleReader();
    bundle.feed(stick, 0, stick.length);
    ParcelContent.Changes content =
        (ParcelContent.Changes)
            Parcel.open(bundle.next().orElseThrow(), List.of(space.ledger.bundleKey()));
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(content.stream().bytes());
    EntryReader reader = new EntryReader(phone.profile().space());
    long shown = 0;
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      shown += reader.read(next.get()) instanceof Entry.LogState ? 1 : 0;
    }
    return shown;
  }

  @Test
  void parcel_withTheMostToShow_showsAll() throws Exception {
    wait(MOST - 1); // and the newest that was seen
    assertThat(shown()).isEqualTo(MOST);
  }

  @Test
  void parcel_withOneMoreToShow_leavesItForAnother() throws Exception {
    wait(MOST);
    assertThat(shown()).isEqualTo(MOST);
  }
}
