package dev.cairn.server;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A ledger on a store whose writes fail when a test wants it, and the code for one space on it. */
abstract class FaultyLedger {

  static final long NOW = 1_000;

  @TempDir Path directory;
  private final Random random = new Random(3);
  private final Randomness randomness = random::nextBytes;
  private final SigningKey logKey = SigningKey.generate(randomness);
  final EncryptionKey bundleKey = EncryptionKey.generate(randomness);
  final LogOrigin origin = new LogOrigin("test/1");
  final Secret code = Secret.take(randomness.bytes(16));
  private final Map<LogOrigin, SigningKey> later = new HashMap<>();

  /** Every checkpoint that was signed, durable or not. */
  final List<Checkpoint> signed = new ArrayList<>();

  final LogSigner signer =
      new LogSigner() {
        @Override
        public SignedCheckpoint sign(Checkpoint checkpoint) {
          signed.add(checkpoint);
          return SignedCheckpoint.sign(checkpoint, key(checkpoint.origin()));
        }

        @Override
        public LogKey logKey(LogOrigin which) {
          return new LogKey(which, key(which).verifyingKey());
        }
      };
  FaultyStore store;
  Ledger ledger;
  TestSpace space;

  @BeforeEach
  final void allowASpace() throws Exception {
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

  @AfterEach
  final void close() {
    store.close();
  }

  private SigningKey key(LogOrigin which) {
    return which.equals(origin)
        ? logKey
        : later.computeIfAbsent(which, any -> SigningKey.generate(randomness));
  }

  /** Goes on with another file as its store. */
  final void restart(Path file) throws StoreException {
    store.close();
    store = new FaultyStore(SqliteLedgerStore.open(file));
    ledger = opened();
  }

  private void start() throws StoreException {
    store = new FaultyStore(SqliteLedgerStore.open(directory.resolve("ledger.sqlite")));
    ledger = opened();
  }

  /** What the process knew is gone; what is on the disk is not. */
  final void restart() throws StoreException {
    store.close();
    start();
  }

  /** Another ledger on the same store. */
  final Ledger opened() throws StoreException {
    return Ledger.open(store, signer, bundleKey.publicKey(), Quotas.standard());
  }

  final List<Answer> create() throws Exception {
    return ledger.create(code, space.founding.statements(), NOW);
  }

  final List<Answer> accept(List<Change> changes) throws StoreException {
    return ledger.accept(List.of(submission(changes)), NOW).get(0);
  }

  final Submission submission(List<Change> changes) {
    return new Submission(space.id, List.of(new Offer.OfFrame(Frame.of(changes))));
  }
}
