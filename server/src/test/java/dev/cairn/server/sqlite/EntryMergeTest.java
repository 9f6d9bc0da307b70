package dev.cairn.server.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.Founding;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryMergeTest {

  private static final Randomness RANDOMNESS = new Random(7)::nextBytes;
  private static final Statement STATEMENT = statement();

  private final List<Long> passed = new ArrayList<>();

  private static LogEntry entry(long position) {
    return new LogEntry.OfStatement(position, STATEMENT);
  }

  private static Statement statement() {
    SigningKey key = SigningKey.generate(RANDOMNESS);
    EncryptionPublicKey encryptionKey = EncryptionKey.generate(RANDOMNESS).publicKey();
    LogKey log = new LogKey(new LogOrigin("cairn.test/log"), key.verifyingKey());
    return Founding.create(
            key, encryptionKey, log, encryptionKey, "Test space", "The owner", null, RANDOMNESS)
        .genesis();
  }

  /** Passes on until the log's end as it was when somebody asked. */
  private EntryMerge merge(long from, long size) {
    return new EntryMerge(
        from,
        entry -> {
          passed.add(entry.position());
          return entry.position() + 1 < size;
        });
  }

  @Test
  void take_heldBeforeAndAfter_passesInTheOrderOfTheLog() throws Exception {
    EntryMerge merge = merge(3, 100);
    merge.hold(entry(3));
    merge.hold(entry(5));
    merge.take(entry(4));
    merge.take(entry(6));

    assertThat(passed).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void take_logGrewByStatementsSince_endsWhereItWas() throws Exception {
    EntryMerge merge = merge(3, 4);
    merge.hold(entry(3));
    merge.hold(entry(4));

    assertThat(merge.take(entry(5))).isFalse();
    assertThat(passed).containsExactly(3L);
  }

  @Test
  void take_logGrewByAChangeSince_endsWhereItWas() throws Exception {
    EntryMerge merge = merge(3, 4);
    merge.hold(entry(3));

    assertThat(merge.take(entry(4))).isFalse();
    assertThat(passed).containsExactly(3L);
  }

  @Test
  void take_somethingMissingBefore_saysSo() {
    assertThatThrownBy(() -> merge(3, 100).take(entry(4)))
        .isInstanceOf(StoreException.Corrupt.class);
  }
}
