package dev.cairn.cli.travel;

import dev.cairn.client.Device;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import java.util.ArrayList;
import java.util.List;

/** One device on its way to the server; a coordinator's confirms what it could open. */
final class Syncing {

  private final Device device;
  private final Transport transport;
  private final SyncListener listener;

  Syncing(Device device, Transport transport, SyncListener listener) {
    this.device = device;
    this.transport = transport;
    this.listener = listener;
  }

  SyncResult once() throws CairnException {
    if (device.profile().role().coordinates()) {
      return Desk.over(device).sync(transport, listener);
    }
    return device.sync(transport, listener);
  }

  /** Both together; what was refused in either was refused. */
  static SyncResult sum(SyncResult one, SyncResult next) {
    List<String> refused = new ArrayList<>(one.refused());
    refused.addAll(next.refused());
    return one.then(next).refusing(refused);
  }
}
