package dev.cairn.server.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Confirmation;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
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

  private final List<Long> passed = new ArrayList<>();

  private static LogEntry entry(long position) {
    RosterState nobody = RosterState.fold(SpaceId.of(new byte[SpaceId.SIZE_BYTES]), List.of());
    Confirmation any =
        new Confirmation(
            DeviceId.of(new byte[DeviceId.SIZE_BYTES]),
            StatementId.of(new byte[StatementId.SIZE_BYTES]));
    Statement statement =
        new RosterWriter(nobody, RANDOMNESS).sign(any, SigningKey.generate(RANDOMNESS));
    return new LogEntry.OfStatement(position, statement);
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
