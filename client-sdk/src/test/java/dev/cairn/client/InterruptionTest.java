package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.TransportException;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyName;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Traces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 3);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
  }

  @AfterEach
  void end() {
    space.close();
  }

  @Test
  void link_cutAtEveryPiece_losesAndDoublesNothing() throws Exception {
    for (int i = 0; i < 20; i++) {
      phone.record(TestSpace.note("report " + i));
    }
    long cut = 0;
    boolean through = false;
    while (!through) {
      try {
        phone.sync(LedgerTransport.to(space.ledger).cutAfter(cut), SyncListener.NONE);
        through = true;
      } catch (TransportException e) {
        cut++;
      }
    }
    assertThat(cut).isPositive();
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).hasSize(20).doesNotHaveDuplicates();
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void sealedPhone_holdsNothingOfWhatWasWritten() throws Exception {
    phone.record(TestSpace.note("CANARY-IN-A-NOTE"));
    phone.attach(
        phone.list().get(0).record(),
        new java.io.ByteArrayInputStream("CANARY-IN-A-FILE".getBytes(StandardCharsets.UTF_8)),
        "CANARY-NAME",
        "text/plain",
        dev.cairn.client.report.CaptureMetadata.NONE);
    space.ledger.renewNonce();
    phone.sync(
        LedgerTransport.to(space.ledger),
        new SyncListener() {
          @Override
          public boolean maySendAttachments() {
            return false;
          }
        });
    assertThat(phone.list()).allMatch(report -> report.sealed());
    // Not even with the passphrase: no key that opens a report is left in the ring.
    assertThat(TestSpace.contentKeys(phone)).isEmpty();
    space.close(phone);
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(space.path("phone"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(all.toString()).doesNotContain("CANARY");
    assertThat(new String(space.ledger.received(), StandardCharsets.ISO_8859_1))
        .doesNotContain("CANARY");
  }

  @Test
  void store_failsAtEveryDurableWrite_losesNothingAcknowledged() throws Exception {
    Failing failing = new Failing();
    space.close(phone);
    space.drivers(failing);
    List<String> acknowledged = new ArrayList<>();
    List<String> attempted = new ArrayList<>();
    int number = 0;
    for (int failAt = 0; failAt < 25; failAt++) {
      failing.left = Integer.MAX_VALUE;
      phone = space.open("phone");
      failing.left = failAt % 13;
      try {
        for (int i = 0; i < 3; i++) {
          String text = "report " + number++;
          attempted.add(text);
          phone.record(TestSpace.note(text));
          acknowledged.add(text);
          space.sync(phone);
        }
      } catch (StoreException e) {
        assertThat(e.code()).isEqualTo("store.failed");
      }
      space.close(phone);
    }
    failing.left = Integer.MAX_VALUE;
    phone = space.open("phone");
    space.sync(phone);
    assertThat(phone.fsck().problems()).isEmpty();
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).doesNotHaveDuplicates().containsAll(acknowledged);
    assertThat(attempted).containsAll(TestSpace.notes(desk));
  }

  /** Drivers that fail at a durable write, before it or after it, and ever after. */
  private static final class Failing implements StoreDrivers {
    private int left = Integer.MAX_VALUE;

    private void before() throws StoreException {
      if (left-- <= 0) {
        left = 0;
        throw new StoreException(StoreException.Reason.FAILED, "the test's disk failed");
      }
    }

    @Override
    public RowStore rows(StoreFolder at) throws CairnException {
      RowStore rows = StoreDrivers.SQLITE.rows(at);
      return new RowStore() {
        @Override
        public <T> T write(Work<T> work) throws CairnException {
          before();
          T result = rows.write(work);
          before(); // Durable, and nobody hears of it.
          return result;
        }

        @Override
        public <T> T read(Work<T> work) throws CairnException {
          return rows.read(work);
        }

        @Override
        public void scrub(Traces destroyed) throws StoreException {
          rows.scrub(destroyed);
        }

        @Override
        public void check() throws StoreException {
          rows.check();
        }

        @Override
        public void close() {
          rows.close();
        }
      };
    }

    @Override
    public DestructibleKeys keys(StoreFolder at, Secret master, Randomness randomness)
        throws CairnException {
      DestructibleKeys keys = StoreDrivers.SQLITE.keys(at, master, randomness);
      return new DestructibleKeys() {
        @Override
        public @Nullable Secret get(KeyName name) {
          return keys.get(name);
        }

        @Override
        public boolean has(KeyName name) {
          return keys.has(name);
        }

        @Override
        public Set<KeyName> names() {
          return keys.names();
        }

        @Override
        public void add(Map<KeyName, Secret> added) throws StoreException {
          before();
          keys.add(added);
        }

        @Override
        public void destroy(Collection<KeyName> names) throws StoreException {
          before();
          keys.destroy(names);
          before();
        }

        @Override
        public void close() {
          keys.close();
        }
      };
    }
  }
}
