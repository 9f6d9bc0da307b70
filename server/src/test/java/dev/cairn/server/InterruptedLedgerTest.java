package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server stops at every write in turn, the last of them the one after a commit that nobody
 * heard of, and starts again on what is on the disk.
 */
class InterruptedLedgerTest {

  private static final long NOW = 1_000;
  private static final int WRITES_MAX = 100;

  @TempDir Path directory;
  private final Random random = new Random(3);
  private final Randomness randomness = random::nextBytes;
  private final SigningKey logKey = SigningKey.generate(randomness);
  private final EncryptionKey bundleKey = EncryptionKey.generate(randomness);
  private final LogOrigin origin = new LogOrigin("test/1");
  private final Secret code = Secret.take(randomness.bytes(16));
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
  void allowASpace() throws Exception {
    start();
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
  }

  private void start() throws StoreException {
    store = new FaultyStore(SqliteLedgerStore.open(directory.resolve("ledger.sqlite")));
    ledger = Ledger.open(store, signer, bundleKey.publicKey(), Quotas.standard());
  }

  /** What the process knew is gone; what is on the disk is not. */
  private void restart() throws StoreException {
    store.close();
    start();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<Answer> create() throws Exception {
    List<Statement> statements = space.founding.statements();
    return ledger.create(code, statements, NOW);
  }

  private List<Answer> accept(List<Change> changes) throws StoreException {
    Offer offer = new Offer.OfFrame(Frame.of(changes));
    return ledger.accept(List.of(new Submission(space.id, List.of(offer))), NOW).get(0);
  }

  @Test
  void create_stoppedAtEveryWrite_isThereWholeOrNotAtAll() throws Exception {
    int stops = 0;
    for (boolean through = false; !through; ) {
      store.failAfter(stops);
      try {
        create();
        through = true;
      } catch (StoreException.Full e) {
        stops++;
        restart();
        assertThat(ledger.spaceCount()).isZero();
      }
      assertThat(stops).isLessThan(WRITES_MAX);
    }
    assertThat(stops).isGreaterThan(5);
    restart();
    assertThat(create())
        .containsExactly(
            new Answer.Placed(List.of(0L)),
            new Answer.Placed(List.of(1L)),
            new Answer.Placed(List.of(2L)));
  }

  @Test
  void create_stoppedAfterItsCommit_givesTheSameAnswersAgain() throws Exception {
    store.failAfterCommit();
    try {
      create();
    } catch (StoreException.Full e) {
      restart();
    }
    assertThat(ledger.spaceCount()).isEqualTo(1);
    assertThat(create()).hasSize(3).allMatch(answer -> answer instanceof Answer.Placed);
    assertThat(ledger.snapshot(space.id).orElseThrow().head().size()).isEqualTo(3);
  }

  @Test
  void accept_stoppedAtEveryWrite_losesAndDoublesNothing() throws Exception {
    create();
    List<Change> acknowledged = new ArrayList<>();
    int stops = 0;
    for (boolean through = false; !through; ) {
      List<Change> changes = space.owner.notes(space.roster(), "note " + stops);
      store.failAfter(stops);
      try {
        accept(changes);
        through = true;
      } catch (StoreException.Full e) {
        stops++;
        restart();
        accept(changes); // Whoever heard nothing sends the same again.
      }
      acknowledged.addAll(changes);
      assertThat(stops).isLessThan(WRITES_MAX);
    }
    restart();
    assertThat(stops).isGreaterThan(4);
    assertThat(ledger.snapshot(space.id).orElseThrow().head().size())
        .isEqualTo(3L + acknowledged.size());
    for (int i = 0; i < acknowledged.size(); i++) {
      assertThat(accept(acknowledged.subList(i, i + 1)))
          .containsExactly(new Answer.Placed(List.of(3L + i)));
    }
  }

  @Test
  void accept_stoppedAfterItsCommit_givesTheSameAnswersAgain() throws Exception {
    create();
    List<Change> changes = space.owner.notes(space.roster(), "one", "two");
    store.failAfterCommit();
    boolean heard = true;
    try {
      accept(changes);
    } catch (StoreException.Full e) {
      heard = false;
      restart();
    }
    assertThat(heard).isFalse();
    assertThat(accept(changes)).containsExactly(new Answer.Placed(List.of(3L, 4L, 5L)));
  }
}
