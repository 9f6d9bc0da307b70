package dev.cairn.cli.store;

import dev.cairn.cli.console.IdPrefix;
import dev.cairn.client.Device;
import dev.cairn.client.space.CircleInfo;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.CircleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Circles as people name them. */
public final class Circles {

  private Circles() {}

  /**
   * The circles of these names, or whose ids begin so.
   *
   * @throws RefusedException {@code circle.unknown} or {@code circle.ambiguous}
   */
  public static List<CircleId> named(Device device, List<String> names) throws RefusedException {
    List<CircleId> found = new ArrayList<>();
    for (String name : names) {
      found.add(named(device.circles(), name));
    }
    return found;
  }

  private static CircleId named(List<CircleInfo> circles, String name) throws RefusedException {
    List<CircleInfo> called =
        circles.stream().filter(circle -> circle.name().equals(Optional.of(name))).toList();
    if (called.size() == 1) {
      return called.get(0).id();
    }
    if (!called.isEmpty()) {
      throw new RefusedException(
          "circle.ambiguous", called.size() + " circles are called so: name it by its id");
    }
    return IdPrefix.find(name, circles, circle -> circle.id().toString(), "circle").id();
  }
}
