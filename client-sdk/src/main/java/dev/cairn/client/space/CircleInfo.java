package dev.cairn.client.space;

import dev.cairn.protocol.id.CircleId;
import java.util.Optional;

/**
 * A circle this device may write to.
 *
 * @param id the circle
 * @param name its name, if this device is in it; {@code desk} is the coordinators'
 * @param member whether this device reads with it
 */
public record CircleInfo(CircleId id, Optional<String> name, boolean member) {

  /** Without the name. */
  @Override
  public String toString() {
    return "circle " + id;
  }
}
