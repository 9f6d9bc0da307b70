package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.Quotas;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that fills up at any write: nothing half-done is kept, and nothing signed for it stays.
 */
class FullDiskTest {

  private static final long NOW = 1_000;

  @TempDir Path directory;
  private final Random random = new Random(9);
  private final Randomness randomness = random::nextBytes;
  private final SigningKey logKey = SigningKey.generate(randomness);
  private final EncryptionKey bundleKey = EncryptionKey.generate(randomness);
  private final LogOrigin origin = new LogOrigin("test/1");
  private final LogSigner signer =
      new LogSigner() {
        @Override
        public SignedCheckpoint sign(Checkpoint checkpoint) {
          return SignedCheckpoint.sign(checkpoint, logKey);
        }

        @Override
        public LogKey logKey(LogOrigin which) {
          return new LogKey(which, logKey.verifyingKey());
        }
      };
  private FaultyStore store;
  private Ledger ledger;
  private TestSpace space;

  @BeforeEach
  void createSpace() throws Exception {
    store = new FaultyStore(SqliteLedgerStore.open(directory.resolve("ledger.sqlite")));
    ledger = Ledger.open(store, signer, bundleKey.publicKey(), Quotas.standard());
    Secret code = Secret.take(randomness.bytes(16));
    try (LedgerTransaction transaction = store.begin()) {
      transaction.addCode(
          Ledger.codeHash(code), new LedgerView.SpaceCode(origin, TestSpace.LATER_SECONDS));
      transaction.commit();
    }
    space =
        new TestSpace(
            1,
            new ServerInvitation(
                new ServerAddress("http://x", null),
                signer.logKey(origin),
                bundleKey.publicKey(),
                code,
                TestSpace.LATER_SECONDS));
    ledger.create(code, space.founding.statements(), NOW);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<Answer> accept(List<Change> changes) throws StoreException {
    Offer offer = new Offer.OfFrame(Frame.of(changes));
    return ledger.accept(List.of(new Submission(space.id, List.of(offer))), NOW).get(0);
  }

  @Test
  void accept_diskFullAtEveryWriteInTurn_oneHistoryInTheEnd() throws Exception {
    List<Change> changes = space.owner.notes(space.roster(), "one", "two");
    byte[] before = ledger.snapshot(space.id).orElseThrow().checkpoint().note();
    int failures = 0;
    for (; failures < 100; failures++) {
      store.failAfter(failures);
      try {
        accept(changes);
        break;
      } catch (StoreException.Full e) {
        assertThat(ledger.snapshot(space.id).orElseThrow().checkpoint().note()).isEqualTo(before);
      }
    }
    assertThat(ledger.isWritable()).isTrue();
    store.heal();
    assertThat(failures).isBetween(5, 99);
    assertThat(accept(changes)).containsExactly(new Answer.Placed(List.of(3L, 4L, 5L)));
    assertThat(
            Ledger.open(store, signer, bundleKey.publicKey(), Quotas.standard())
                .snapshot(space.id)
                .orElseThrow()
                .head()
                .size())
        .isEqualTo(6);
  }

  @Test
  void accept_diskFull_notWritableUntilSomethingWasWritten() throws Exception {
    List<Change> changes = space.owner.notes(space.roster(), "one");
    store.failAfter(0);
    assertThatThrownBy(() -> accept(changes)).isInstanceOf(StoreException.Full.class);
    assertThat(ledger.isWritable()).isFalse();
    store.heal();
    accept(changes);
    assertThat(ledger.isWritable()).isTrue();
  }

  @Test
  void accept_knownWhileTheDiskIsFull_stillAnswered() throws Exception {
    List<Change> changes = space.owner.notes(space.roster(), "one");
    List<Answer> first = accept(changes);
    store.failAfter(0);
    assertThat(accept(changes)).isEqualTo(first);
  }

  @Test
  void accept_otherWriterWasFirst_overtakenThenRight() throws Exception {
    List<Change> changes = space.owner.notes(space.roster(), "one");
    Ledger other = Ledger.open(store, signer, bundleKey.publicKey(), Quotas.standard());
    accept(changes.subList(0, 1));
    Submission rest =
        new Submission(space.id, List.of(new Offer.OfFrame(Frame.of(changes.subList(1, 2)))));
    assertThatThrownBy(() -> other.accept(List.of(rest), NOW))
        .isInstanceOf(StoreException.Overtaken.class);
    assertThat(other.accept(List.of(rest), NOW).get(0))
        .containsExactly(new Answer.Placed(List.of(4L)));
  }
}
