package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.sqlite.SqliteCopy;
import dev.cairn.server.stream.PullPager;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files under a running server that hold less than it had written. */
class ShortLogTest extends FaultyLedger {

  private PullPager pull(SpaceSnapshot snapshot) {
    return new PullPager(
        ledger, snapshot, space.owner.id, 0, 0, Integer.MAX_VALUE, PullPager.Show.NOTHING);
  }

  @Test
  void pull_beyondWhatTheFilesHold_isRefusedAndDoesNotGoOnForEver() throws Exception {
    create();
    Path before = directory.resolve("before.sqlite");
    SqliteCopy.write(directory.resolve("ledger.sqlite"), before);
    accept(space.owner.notes(space.roster(), "lost"));
    SpaceSnapshot snapshot = ledger.snapshot(space.id).orElseThrow();
    PullPager whole = pull(snapshot);
    whole.piece();
    assertThat(whole.ended()).isTrue();

    restart(before);
    PullPager cut = pull(snapshot);
    assertThat(cut.piece()).isNotEmpty();
    assertThat(cut.ended()).isFalse();

    assertThatThrownBy(cut::piece).isInstanceOf(StoreException.Corrupt.class);
  }
}
