package dev.cairn.server.bundle;

import dev.cairn.protocol.log.LogOrigin;
import java.util.List;

/** Lets a target at what a server makes of the checkpoints that a parcel shows it. */
public final class ShownDoor {

  private ShownDoor() {}

  /** What is left of the entries. */
  public static List<byte[]> strip(LogOrigin origin, List<byte[]> entries) {
    ShownCheckpoints shown = new ShownCheckpoints(origin);
    List<byte[]> left = shown.strip(entries);
    shown.sizes(Long.MAX_VALUE);
    return left;
  }
}
