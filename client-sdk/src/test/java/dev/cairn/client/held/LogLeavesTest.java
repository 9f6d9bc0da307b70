package dev.cairn.client.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.TestStore;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leaves of a log, in rows of 256. */
class LogLeavesTest {

  private static final int COUNT = 600;

  @TempDir Path folder;
  private EncryptedStore store;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.in(folder);
    write(0, COUNT, false);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Digest hash(long position) {
    return Sha256.of(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
  }

  private void write(int first, int count, boolean held) throws Exception {
    List<LogLeaves.Leaf> leaves = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      leaves.add(new LogLeaves.Leaf(hash(i), held));
    }
    store.change(rows -> LogLeaves.write(rows, first, leaves));
  }

  private List<LogLeaves.Leaf> leaves(int size) throws Exception {
    return store.read(
        rows -> {
          List<LogLeaves.Leaf> all = new ArrayList<>();
          LogLeaves.visit(rows, size, (position, leaf) -> all.add(leaf));
          return all;
        });
  }

  @Test
  void leaves_writtenAgain_leaveThoseBeforeAndBehindThemAsTheyAre() throws Exception {
    write(250, 20, true);
    List<LogLeaves.Leaf> all = leaves(COUNT);
    for (int i = 0; i < COUNT; i++) {
      assertThat(all.get(i)).isEqualTo(new LogLeaves.Leaf(hash(i), i >= 250 && i < 270));
    }
  }

  private Optional<Digest> at(long position) throws Exception {
    return store.read(rows -> LogLeaves.at(rows, position));
  }

  @Test
  void leaf_atAPosition_isThere_andNoneBehindTheLast() throws Exception {
    assertThat(at(COUNT - 1)).contains(hash(COUNT - 1));
    assertThat(at(COUNT)).isEmpty();
    assertThat(at(10 * COUNT)).isEmpty();
  }

  @Test
  void leaves_moreThanThereAre_areSaidToBeGone() {
    assertThatThrownBy(() -> leaves(COUNT + 1))
        .isInstanceOf(StoreException.class)
        .hasMessage("leaves of the log are gone from the store");
  }
}
