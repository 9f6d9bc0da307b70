package dev.cairn.client;

import dev.cairn.client.held.OwnChanges;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.suite.SigningKey;
import java.util.List;

/** What tests see inside a device. */
public final class DeviceDoor {

  private DeviceDoor() {}

  /** What it wrote. */
  public static List<Change> own(Device device) throws Exception {
    return device.holdings().store().read(rows -> OwnChanges.from(rows, 0, 64));
  }

  /** What it signs with. */
  public static SigningKey key(Device device) {
    return device.holdings().identity().signingKey();
  }

  /** How far it has read the log. */
  public static long next(Device device) {
    return device.holdings().log().next();
  }
}
