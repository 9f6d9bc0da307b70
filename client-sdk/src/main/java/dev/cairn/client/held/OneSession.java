package dev.cairn.client.held;

import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SessionId;

/**
 * A session of a device. Every reader of a session knows what its id is made from and could open
 * one of the same id, so the id alone says nothing of whose it is.
 */
record OneSession(DeviceId device, SessionId session) {

  static OneSession of(Prefix prefix) {
    return new OneSession(prefix.device(), prefix.session());
  }

  /** As the key of a row. */
  byte[] bytes() {
    byte[] bytes = new byte[DeviceId.SIZE_BYTES + SessionId.SIZE_BYTES];
    System.arraycopy(device.bytes(), 0, bytes, 0, DeviceId.SIZE_BYTES);
    System.arraycopy(session.bytes(), 0, bytes, DeviceId.SIZE_BYTES, SessionId.SIZE_BYTES);
    return bytes;
  }
}
