package dev.cairn.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.held.Fact;
import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.TestStore;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.RosterState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server can name any number of devices that nobody knows; a phone remembers a bounded one. */
class SetAsideTest {

  private static final int MOST = Limits.DEVICES_SET_ASIDE_MAX;
  private static final RosterState NOBODY =
      RosterState.fold(SpaceId.of(new byte[SpaceId.SIZE_BYTES]), List.of());

  @TempDir Path folder;
  private EncryptedStore store;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.in(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static DeviceId device(int number) {
    return DeviceId.of(ByteBuffer.allocate(DeviceId.SIZE_BYTES).putInt(number).array());
  }

  private static Set<DeviceId> devices(int from, int to) {
    Set<DeviceId> devices = new TreeSet<>();
    for (int number = from; number < to; number++) {
      devices.add(device(number));
    }
    return devices;
  }

  private void add(Set<DeviceId> devices) throws Exception {
    store.change(rows -> SetAside.add(rows, devices, NOBODY));
  }

  @Test
  void devices_upToTheMost_areRemembered() throws Exception {
    add(devices(0, MOST - 1));
    add(devices(MOST - 1, MOST));

    assertThat(store.read(SetAside::read)).isEqualTo(devices(0, MOST));
    assertThat(store.read(Fact.CROWD::get)).isNull();
  }

  @Test
  void devices_beyondTheMost_areNotAndTheOthersStay() throws Exception {
    add(devices(1, MOST + 1));
    add(devices(0, 1));

    assertThat(store.read(SetAside::read)).isEqualTo(devices(1, MOST + 1));
    assertThat(store.read(Fact.CROWD::get)).isNotNull();
  }

  @Test
  void row_ofOneMore_isDamaged() throws Exception {
    CborWriter writer = new CborWriter().array(MOST + 1);
    devices(0, MOST + 1).forEach(device -> writer.bytes(device.bytes()));
    store.change(rows -> Fact.ASIDE.put(rows, writer.toBytes()));

    assertThatThrownBy(() -> store.read(SetAside::read))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.code()).isEqualTo("store.corrupt"));
  }
}
