package dev.cairn.client;

import dev.cairn.client.held.Progress;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a device wrote, and how much of it it holds to be received.
 *
 * @param own its changes, by sequence
 * @param acknowledged those that verified receipts prove to be in the log
 */
public record Told(List<ChangeId> own, List<ChangeId> acknowledged) {

  /** Of an open store. */
  public static Told of(Device device) throws CairnException {
    Map<Long, ChangeId> own = new TreeMap<>();
    device.openedChanges(
        held -> {
          if (held.change().prefix().device().equals(device.profile().device())) {
            own.putIfAbsent(held.change().prefix().sequence(), held.change().id());
          }
        });
    List<ChangeId> all = new ArrayList<>(own.values());
    long through = device.holdings().store().read(Progress::read).receivedThrough();
    return new Told(all, all.subList(0, (int) through));
  }
}
