package dev.cairn.client.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.Cairn;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFolderTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"lock", "slot", "slot.new", "ring", "rows.db", "rows.db-wal"})
  void remains_ofAStore_areWipedWithoutOpeningIt(String part) throws Exception {
    Path store = Files.createDirectory(folder.resolve("store"));
    Files.write(store.resolve(part), new byte[] {1, 2, 3});

    Cairn.wipe(store);

    assertThat(store).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slot", "slot.making", "ring", "rows.db", "rows.db-journal"})
  void wipe_besideSomethingElse_destroysTheStoreAlone(String part) throws Exception {
    for (String own : new String[] {part, "lock"}) {
      Files.write(folder.resolve(own), new byte[] {1});
    }
    Files.write(Files.createDirectory(folder.resolve("attachments")).resolve("a"), new byte[] {1});
    Files.write(folder.resolve("notes.txt"), new byte[] {2});

    Cairn.wipe(folder);

    assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("notes.txt"));
    assertThat(folder.resolve("notes.txt")).hasBinaryContent(new byte[] {2});
  }

  @Test
  void wipe_ofAFolderWithNothingOfAStore_touchesNothing() throws Exception {
    Files.write(folder.resolve("lock"), new byte[] {1});
    Files.write(folder.resolve("thesis.odt"), new byte[] {2});

    assertThatThrownBy(() -> Cairn.wipe(folder))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING));

    assertThat(folder.resolve("lock")).hasBinaryContent(new byte[] {1});
    assertThat(folder.resolve("thesis.odt")).hasBinaryContent(new byte[] {2});
  }

  @Test
  void wipe_ofAnEmptyFolder_finishesAnEarlierOne() throws Exception {
    Path store = Files.createDirectory(folder.resolve("store"));

    Cairn.wipe(store);

    assertThat(store).doesNotExist();
  }

  @Test
  void create_overRemainsBesideSomethingElse_takesTheFolderAndLeavesTheRest() throws Exception {
    for (String remains : new String[] {"lock", "ring", "rows.db", "notes.txt"}) {
      Files.write(folder.resolve(remains), new byte[] {1});
    }

    try (StoreFolder made = StoreFolder.create(folder)) {
      assertThat(made.ring()).doesNotExist();
      assertThat(made.rows()).doesNotExist();
      assertThat(folder.resolve("notes.txt")).exists();
    }
  }

  @Test
  void wipe_ofAStoreInUse_isBusyAndDestroysNothing() throws Exception {
    try (StoreFolder held = StoreFolder.create(folder.resolve("store"))) {
      Files.write(held.slot(), new byte[] {1});

      assertThatThrownBy(() -> Cairn.wipe(folder.resolve("store")))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY));

      assertThat(held.slot()).hasBinaryContent(new byte[] {1});
    }
  }
}
