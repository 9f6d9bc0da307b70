package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.server.health.Health;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.Quotas;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one thread that writes, when what it calls throws what nobody expected. */
class WriterTest {

  private static final LogSigner NOBODY =
      new LogSigner() {
        @Override
        public SignedCheckpoint sign(Checkpoint checkpoint) {
          throw new IllegalStateException();
        }

        @Override
        public LogKey logKey(LogOrigin which) {
          throw new IllegalStateException();
        }
      };

  @TempDir Path directory;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final Health health = new Health(() -> ended.complete(true));
  private Store store;
  private Intake intake;

  /** A store that begins no transaction while there is something to throw. */
  private static final class Store implements LedgerStore {
    private final LedgerStore real;
    private volatile @Nullable Error thrown;

    Store(LedgerStore real) {
      this.real = real;
    }

    @Override
    public LedgerView view() throws StoreException {
      return real.view();
    }

    @Override
    public LedgerTransaction begin() throws StoreException {
      Error now = thrown;
      if (now != null) {
        throw now;
      }
      return real.begin();
    }

    @Override
    public void scrub() throws StoreException {
      real.scrub();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    store = new Store(SqliteLedgerStore.open(directory.resolve("ledger.sqlite")));
    Random random = new Random(3);
    Randomness randomness = random::nextBytes;
    Ledger ledger =
        Ledger.open(
            store, NOBODY, EncryptionKey.generate(randomness).publicKey(), Quotas.standard());
    intake = new Intake(ledger, Clock.systemUTC(), health);
  }

  @AfterEach
  void stop() {
    intake.close();
    store.close();
  }

  private CompletableFuture<List<Answer>> submit() {
    byte[] space = new byte[SpaceId.SIZE_BYTES];
    return intake.submit(new Submission(SpaceId.of(space), List.of()));
  }

  private static Throwable fault(CompletableFuture<List<Answer>> answers) throws Exception {
    return answers
        .handle((given, fault) -> fault == null ? new AssertionError("no fault") : fault)
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void submission_anyError_heardAndTheWriterGoesOn() throws Exception {
    store.thrown = new NoClassDefFoundError();
    assertThat(fault(submit())).isInstanceOf(NoClassDefFoundError.class);
    store.thrown = null;
    // The space is not here: that it says so shows that somebody is at work.
    assertThat(fault(submit())).isInstanceOf(IllegalArgumentException.class);
    assertThat(health.ok()).isTrue();
  }

  @Test
  void submission_withoutMemory_heardAndTheProcessEnds() throws Exception {
    store.thrown = new OutOfMemoryError();
    assertThat(fault(submit())).isInstanceOf(OutOfMemoryError.class);
    assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void submission_afterTheWriterWasLost_refusedAtOnce() throws Exception {
    store.thrown = new OutOfMemoryError();
    fault(submit());
    ended.get(20, TimeUnit.SECONDS);
    intake.close();
    assertThatThrownBy(this::submit).isInstanceOf(RejectedExecutionException.class);
  }
}
