package dev.cairn.client.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much is remembered of what a parcel lacks: what comes first. */
class LackingTest {

  private static List<ChangeId> changes(int count) {
    List<ChangeId> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(ChangeId.of(bytes(ChangeId.SIZE_BYTES, i)));
    }
    return changes;
  }

  private static List<DeviceId> devices(int count) {
    List<DeviceId> devices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      devices.add(DeviceId.of(bytes(DeviceId.SIZE_BYTES, i)));
    }
    return devices;
  }

  private static byte[] bytes(int size, int number) {
    return ByteBuffer.allocate(size).putInt(number).array();
  }

  @Test
  void lacking_asMuchAsIsRemembered_isAllOfIt() {
    Lacking lacking = Lacking.of(devices(1), changes(Limits.PARCEL_LACKING_MAX - 1), 0);
    assertThat(lacking.devices()).hasSize(1);
    assertThat(lacking.changes()).hasSize(Limits.PARCEL_LACKING_MAX - 1);
  }

  @Test
  void lacking_more_isTheFirst() {
    List<DeviceId> all = devices(Limits.PARCEL_LACKING_MAX + 1);
    Lacking lacking = Lacking.of(all, changes(1), 0);
    assertThat(lacking.devices()).isEqualTo(all.subList(0, Limits.PARCEL_LACKING_MAX));
    assertThat(lacking.changes()).isEmpty();
  }
}
