package dev.cairn.client.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.TestStore;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A courier can bring any number of checkpoints and receipts; a bounded number of them waits. */
class UnreconciledTest {

  private static final int MOST = Limits.SHOWN_CHECKPOINTS_MAX;
  private static final LogOrigin ORIGIN = new LogOrigin("cairn.test/log");
  private static final ReceiptRow.Leaf LEAF =
      new ReceiptRow.Leaf.OfStatement(StatementId.of(new byte[StatementId.SIZE_BYTES]));

  @TempDir Path folder;
  private EncryptedStore store;
  private final SigningKey key = SigningKey.generate(new Random(1)::nextBytes);

  @BeforeEach
  void open() throws Exception {
    store = TestStore.in(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Unreconciled read() throws Exception {
    return store.read(
        rows -> Unreconciled.read(rows, Map.of(0L, new LogKey(ORIGIN, key.verifyingKey()))));
  }

  private SignedCheckpoint checkpoint(long size) {
    Digest root = Digest.of(new byte[Digest.SIZE_BYTES]);
    return SignedCheckpoint.sign(new Checkpoint(ORIGIN, size, root), key);
  }

  /** A receipt for so many leaves, of which only their number matters here. */
  private ReceiptRow receipt(int leaves) {
    Receipt receipt = Receipt.of(0, new RangeProof(0, 1, 1, List.of()), checkpoint(1));
    return new ReceiptRow(receipt, Collections.nCopies(leaves, LEAF));
  }

  /** Checkpoints of the sizes from 1 on, a receipt under each. */
  private Unreconciled waiting(int count) throws Exception {
    Unreconciled waiting = read();
    for (long size = 1; size <= count; size++) {
      waiting = waiting.with(0, checkpoint(size)).with(checkpoint(size), receipt(1));
    }
    return waiting;
  }

  @Test
  void checkpoints_upToTheMost_waitInMemoryAndOnDisk() throws Exception {
    Unreconciled most = waiting(MOST);
    assertThat(most.all()).hasSize(MOST);
    store.change(most::write);
    assertThat(read().all()).isEqualTo(most.all());
  }

  @Test
  void checkpoint_beyondTheMost_isLeftOut() throws Exception {
    Unreconciled most = waiting(MOST);
    assertThat(most.with(0, checkpoint(MOST + 1)).all()).isEqualTo(most.all());
  }

  @Test
  void checkpoint_beyondTheMost_takesThePlaceOfOneThatProvesNothing() throws Exception {
    Unreconciled most = waiting(MOST - 1).with(0, checkpoint(MOST));
    Unreconciled other = most.with(0, checkpoint(MOST + 1));
    assertThat(other.all()).hasSize(MOST);
    assertThat(other.find(checkpoint(MOST))).isEmpty();
    assertThat(other.find(checkpoint(MOST + 1))).isPresent();
  }

  @Test
  void row_ofOneCheckpointMore_isDamaged() throws Exception {
    CborWriter writer = new CborWriter().array(MOST + 1);
    for (long size = 1; size <= MOST + 1; size++) {
      writer.array(4).uint(0).bytes(checkpoint(size).note()).bool(false).array(0);
    }
    store.change(rows -> Fact.UNRECONCILED.put(rows, writer.toBytes()));
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.code()).isEqualTo("store.corrupt"));
  }

  @Test
  void leaves_upToTheMost_wait() throws Exception {
    ReceiptRow rest = receipt(Limits.UNRECONCILED_LEAVES_MAX - 2);
    Unreconciled most = waiting(2).with(checkpoint(1), rest);
    assertThat(most.leaves()).isEqualTo(Limits.UNRECONCILED_LEAVES_MAX);
  }

  @Test
  void leaves_beyondTheMost_areLeftOut() throws Exception {
    ReceiptRow more = receipt(Limits.UNRECONCILED_LEAVES_MAX - 1);
    assertThat(waiting(2).with(checkpoint(1), more).leaves()).isEqualTo(2);
  }
}
