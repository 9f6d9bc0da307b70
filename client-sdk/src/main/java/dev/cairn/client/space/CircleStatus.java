package dev.cairn.client.space;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import java.util.Optional;
import java.util.Set;

/**
 * A circle as a coordinator looks after it.
 *
 * @param id the circle
 * @param name its name, if this device can read it; {@code desk} is the coordinators'
 * @param members the devices in it, cut off since or not
 * @param behind those of them, not cut off, that the newest keys are not sealed to: new keys were
 *     made where nobody knew of them
 * @param member whether this device is in it
 * @param opens whether this device has the newest keys
 * @param current how many newest keys there are: several if coordinators made some at once
 */
public record CircleStatus(
    CircleId id,
    Optional<String> name,
    Set<DeviceId> members,
    Set<DeviceId> behind,
    boolean member,
    boolean opens,
    int current) {

  /** Without the name. */
  @Override
  public String toString() {
    return "circle " + id;
  }
}
