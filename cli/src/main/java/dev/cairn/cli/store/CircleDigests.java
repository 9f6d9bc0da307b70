package dev.cairn.cli.store;

import dev.cairn.client.Device;
import dev.cairn.client.space.CircleInfo;
import dev.cairn.desk.merged.MergedRecords;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.merge.RecordState;
import java.util.LinkedHashMap;
import java.util.Map;

/** One digest for every circle a store is in: equal for stores that hold and open the same. */
final class CircleDigests {

  /** The coordinators' circle. */
  static final String DESK = "desk";

  /** The device's own. */
  static final String OWN = "own";

  private CircleDigests() {}

  /**
   * The digests by the names of their circles, and the bytes of one of them.
   *
   * @param readable everything the device can open
   */
  static Map<String, String> of(Device device, MergedRecords readable, Dump dump)
      throws RefusedException {
    Map<String, CircleId> circles = circles(device);
    String dumped = dump.chosen(circles.keySet());
    Map<String, String> digests = new LinkedHashMap<>();
    circles.forEach(
        (name, circle) ->
            digests.put(
                name,
                readable
                    .digest(circle, state -> write(name.equals(dumped) ? dump : Dump.NONE, state))
                    .toString()));
    return digests;
  }

  /** The coordinators' first, then the own one, then those that have names of their own. */
  private static Map<String, CircleId> circles(Device device) {
    CircleId own = Circles.device(device.profile().device());
    Map<String, CircleId> circles = new LinkedHashMap<>();
    device
        .roster()
        .desk()
        .filter(desk -> device.roster().mayFetch(device.profile().device(), desk))
        .ifPresent(desk -> circles.put(DESK, desk));
    circles.put(OWN, own);
    for (CircleInfo circle : device.circles()) {
      if (circle.member() && !circles.containsValue(circle.id())) {
        String name = circle.name().orElse(circle.id().toString());
        // Whoever opens a circle may call it as another is called, or desk.
        circles.put(circles.containsKey(name) ? circle.id().toString() : name, circle.id());
      }
    }
    return circles;
  }

  private static void write(Dump dump, RecordState state) {
    if (!state.isEmpty()) {
      dump.write(state.canonical());
    }
  }
}
