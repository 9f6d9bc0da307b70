package dev.cairn.client.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a row was is in no file once it is destroyed, while the store stays open. */
class SqliteScrubTest {

  private static final Randomness CHANCE = Randomness.of(new SecureRandom());
  private static final int BODY_BYTES = 300;

  @TempDir Path folder;
  private SqliteRowStore rows;
  private EncryptedStore store;

  @BeforeEach
  void begin() throws Exception {
    rows = SqliteRowStore.open(folder.resolve("rows.db"));
    store = new EncryptedStore(rows, Secret.random(32, CHANCE), CHANCE);
  }

  @AfterEach
  void end() {
    store.close();
  }

  private List<String> stored() throws Exception {
    return rows.read(
        all -> {
          List<String> values = new ArrayList<>();
          all.scan(7, new byte[0], (key, value) -> values.add(text(value)));
          return values;
        });
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private boolean isInAFile(String row) throws IOException {
    String part = row.substring(row.length() / 2, row.length() / 2 + 24);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (text(Files.readAllBytes(file)).contains(part)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void rowReplacedForGood_isInNoFileAtOnce() throws Exception {
    store.change(inTables -> inTables.put(Table.CHANGE, 0, CHANCE.bytes(BODY_BYTES)));
    String row = stored().get(0);
    assertThat(isInAFile(row)).isTrue();

    store.change(
        inTables -> {
          inTables.destroys(Table.CHANGE, 0);
          inTables.put(Table.CHANGE, 0, new byte[4]);
        });
    assertThat(isInAFile(row)).isFalse();
  }

  @Test
  void rowReplacedAsUsual_staysInTheWriteAheadLogForAWhile() throws Exception {
    store.change(inTables -> inTables.put(Table.CHANGE, 0, CHANCE.bytes(BODY_BYTES)));
    String row = stored().get(0);
    store.change(inTables -> inTables.put(Table.CHANGE, 0, new byte[4]));

    assertThat(isInAFile(row)).isTrue();
  }

  /** Pages that split leave copies of the rows that moved, which freeing does not overwrite. */
  @Test
  void rowsThatMovedFromPageToPage_destroyed_areInNoFile() throws Exception {
    store.change(
        inTables -> {
          for (int i = 0; i < 40; i++) {
            inTables.put(Table.CHANGE, i, CHANCE.bytes(BODY_BYTES));
          }
        });
    List<String> before = stored();
    for (int round = 0; round < 40; round++) {
      int number = round;
      store.change(
          inTables -> {
            inTables.destroys(Table.CHANGE, number);
            inTables.put(Table.CHANGE, number, CHANCE.bytes(4));
          });
      assertThat(isInAFile(before.get(number))).as("row %d", number).isFalse();
    }
    assertThat(stored()).hasSize(40);
  }
}
