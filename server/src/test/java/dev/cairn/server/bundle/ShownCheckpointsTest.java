package dev.cairn.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each checkpoint shown costs a proof: a parcel gets a bounded number of them. */
class ShownCheckpointsTest {

  private static final LogOrigin ORIGIN = new LogOrigin("cairn.test/log");
  private static final int MOST = Limits.SHOWN_CHECKPOINTS_MAX;

  private final SigningKey key = SigningKey.generate(new Random(5)::nextBytes);
  private final ShownCheckpoints shown = new ShownCheckpoints(ORIGIN);

  /** Entries that show the trees of the sizes up to this one. */
  private List<byte[]> entries(int sizeMax) throws Exception {
    List<byte[]> entries = new ArrayList<>();
    for (int size = 1; size <= sizeMax; size++) {
      Digest root = Digest.of(new byte[Digest.SIZE_BYTES]);
      SignedCheckpoint signed = SignedCheckpoint.sign(new Checkpoint(ORIGIN, size, root), key);
      byte[] wire =
          new EntryWriter().write(new Entry.LogState(Encoded.of(signed.note()), List.of(), 0));
      entries.add(CborReader.of(wire).bytes(Limits.ENTRY_BYTES_MAX));
    }
    return entries;
  }

  @Test
  void checkpoints_upToTheMost_areAccountedFor() throws Exception {
    assertThat(shown.strip(entries(MOST))).isEmpty();
    assertThat(shown.sizes(Long.MAX_VALUE)).hasSize(MOST).contains(1L, (long) MOST);
  }

  @Test
  void checkpoint_beyondTheMost_isPassedOver() throws Exception {
    assertThat(shown.strip(entries(MOST + 1))).isEmpty();
    assertThat(shown.sizes(Long.MAX_VALUE)).hasSize(MOST).doesNotContain(MOST + 1L);
  }
}
