package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.Sha256;
import java.util.Arrays;

/** The circles whose ids follow from something else, so that they need no statement to be named. */
public final class Circles {

  private Circles() {}

  /**
   * The coordinators' circle of a space.
   *
   * @param genesisSalt the salt of the space's genesis; the space id itself would be circular, for
   *     genesis seals to this circle
   */
  public static CircleId desk(byte[] genesisSalt) {
    return first16("cairn/1/circle-desk", genesisSalt);
  }

  /** The circle that holds one device and nobody else. */
  public static CircleId device(DeviceId device) {
    return first16("cairn/1/circle-device", device.bytes());
  }

  private static CircleId first16(String label, byte[] value) {
    byte[] hash = Sha256.labelled(label, value).bytes();
    return CircleId.of(Arrays.copyOf(hash, CircleId.SIZE_BYTES));
  }
}
