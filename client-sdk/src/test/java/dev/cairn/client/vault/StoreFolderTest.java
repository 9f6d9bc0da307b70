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

  @Test
  void wipe_ofAFolderWithSomethingElseInIt_touchesNothing() throws Exception {
    Files.write(folder.resolve("slot"), new byte[] {1});
    Files.write(folder.resolve("thesis.odt"), new byte[] {2});

    assertThatThrownBy(() -> Cairn.wipe(folder))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING));

    assertThat(folder.resolve("slot")).hasBinaryContent(new byte[] {1});
    assertThat(folder.resolve("thesis.odt")).hasBinaryContent(new byte[] {2});
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
