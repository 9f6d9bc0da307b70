package dev.cairn.client.leaving;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import java.util.List;

/**
 * What came of a suspension, by what is held here.
 *
 * @param device which was cut off
 * @param counting changes of it that count, sessions not counted
 * @param quarantined changes of it that do not count
 * @param rekeyed circles it read that have a new epoch now
 * @param unkeyed circles it reads and this device does not: somebody who does has to re-key them
 */
public record Suspended(
    DeviceId device,
    long counting,
    long quarantined,
    List<CircleId> rekeyed,
    List<CircleId> unkeyed) {

  /** Keeps its own copies. */
  public Suspended {
    rekeyed = List.copyOf(rekeyed);
    unkeyed = List.copyOf(unkeyed);
  }
}
