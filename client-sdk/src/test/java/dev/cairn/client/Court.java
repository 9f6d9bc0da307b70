package dev.cairn.client;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A circle beside the desk's: those who prepare a case. */
final class Court {

  static final CircleId ID = id();

  private Court() {}

  private static CircleId id() {
    byte[] id = new byte[CircleId.SIZE_BYTES];
    Arrays.fill(id, (byte) 7);
    return CircleId.of(id);
  }

  /** A coordinator's word that these devices are in it. */
  static Statement of(TestSpace space, Device coordinator, Device... members) {
    List<DeviceId> devices = new ArrayList<>();
    for (Device member : members) {
      devices.add(member.holdings().device());
    }
    return new RosterWriter(coordinator.roster(), space.host.randomness())
        .epoch(ID, "court", devices, coordinator.holdings().identity().signingKey())
        .statement();
  }
}
