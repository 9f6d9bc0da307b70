package dev.cairn.client.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.TestStore;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device remembers of meetings: beginnings of parcels, and which it is done with. */
class PartialParcelsTest {

  @TempDir Path folder;
  private EncryptedStore store;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.in(folder);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private static Digest id(int number) {
    return Sha256.of(ByteBuffer.allocate(4).putInt(number).array());
  }

  private void add(int number, String part) throws Exception {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    store.change(rows -> PartialParcels.add(rows, id(number), bytes));
  }

  private Map<Digest, PartialParcels.Partial> all() throws Exception {
    return store.read(PartialParcels::all);
  }

  @Test
  void parts_oneAfterTheOther_areOneBeginning() throws Exception {
    add(1, "one ");
    add(2, "other");
    add(1, "two");
    assertThat(new String(all().get(id(1)).bytes(), StandardCharsets.UTF_8)).isEqualTo("one two");
    assertThat(all().get(id(1)).sizeBytes()).isEqualTo(7);
  }

  @Test
  void beginnings_upToTheMost_areKept_andTheOldestGoes() throws Exception {
    for (int i = 0; i < Limits.PARTIAL_PARCELS_MAX; i++) {
      add(i, "begun");
    }
    assertThat(all()).hasSize(Limits.PARTIAL_PARCELS_MAX).containsKey(id(0));
    add(0, " on");
    add(Limits.PARTIAL_PARCELS_MAX, "begun");
    assertThat(all())
        .hasSize(Limits.PARTIAL_PARCELS_MAX)
        .doesNotContainKey(id(0))
        .containsKey(id(Limits.PARTIAL_PARCELS_MAX));
  }

  @Test
  void beginning_forgotten_leavesNothing() throws Exception {
    add(1, "one ");
    add(1, "two");
    PartialParcels.Partial partial = all().get(id(1));
    store.change(rows -> PartialParcels.remove(rows, partial));
    assertThat(all()).isEmpty();
  }

  @Test
  void passed_upToTheMost_areRemembered_andTheOldestGoes() throws Exception {
    List<Digest> added = new ArrayList<>();
    store.change(
        rows -> {
          for (int i = 0; i <= Limits.PASSED_PARCELS_MAX; i++) {
            added.add(id(i));
            PassedParcels.add(rows, id(i));
            if (i == Limits.PASSED_PARCELS_MAX - 1) {
              assertThat(PassedParcels.read(rows)).hasSize(i + 1).contains(id(0));
            }
          }
        });
    assertThat(store.read(PassedParcels::read)).isEqualTo(added.subList(1, added.size()));
  }

  @Test
  void passed_again_isTheNewest() throws Exception {
    store.change(
        rows -> {
          PassedParcels.add(rows, id(1));
          PassedParcels.add(rows, id(2));
          PassedParcels.add(rows, id(1));
        });
    assertThat(store.read(PassedParcels::read)).containsExactly(id(2), id(1));
  }
}
