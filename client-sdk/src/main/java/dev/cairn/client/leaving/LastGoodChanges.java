package dev.cairn.client.leaving;

import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.space.LostDevices;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.LastGood;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a suspension lists as good. */
final class LastGoodChanges {

  private LastGoodChanges() {}

  /** Everything held of a device. */
  static List<LastGood> held(SealedRows rows, LogSight log, DeviceId device) throws CairnException {
    return LostDevices.heads(rows, log, device);
  }

  /**
   * Some changes of a device and all they continue, as far as it is held: these, and of each
   * audience among what they continue the last, for who reads that audience alone finds no way
   * there from another.
   *
   * @throws RefusedException {@code change.unknown} if one is not held, or is another device's;
   *     {@code change.limit} if these are more than a suspension can list
   */
  static List<LastGood> through(SealedRows rows, DeviceId device, Collection<ChangeId> last)
      throws CairnException {
    Map<ChangeId, Prefix> held = new HashMap<>();
    OthersChanges.scan(
        rows,
        0,
        change -> {
          if (change.prefix().device().equals(device)) {
            held.put(change.id(), change.prefix());
          }
          return true;
        });
    Set<LastGood> listed = new TreeSet<>();
    for (ChangeId each : last) {
      Prefix prefix = held.get(each);
      if (prefix == null) {
        throw new RefusedException(
            "change.unknown", "no change of that device with this id is held here: " + each);
      }
      listed.add(new LastGood(prefix.sequence(), each));
    }
    Set<ChangeId> good = continued(last, held);
    Set<ChangeId> inner = new HashSet<>();
    good.forEach(each -> inner.addAll(prefixOf(each, held).audiencePrevious()));
    for (ChangeId each : good) {
      if (!inner.contains(each)) {
        listed.add(new LastGood(prefixOf(each, held).sequence(), each));
      }
    }
    if (listed.size() > Limits.LAST_GOOD_CHANGES_MAX) {
      throw new RefusedException(
          "change.limit", "a suspension cannot list the ends of so many branches");
    }
    return new ArrayList<>(listed);
  }

  private static Set<ChangeId> continued(Collection<ChangeId> last, Map<ChangeId, Prefix> held) {
    Set<ChangeId> good = new HashSet<>();
    Deque<ChangeId> open = new ArrayDeque<>(last);
    while (!open.isEmpty()) {
      ChangeId next = open.pop();
      if (held.containsKey(next) && good.add(next)) {
        open.addAll(prefixOf(next, held).previous());
        open.addAll(prefixOf(next, held).audiencePrevious());
      }
    }
    return good;
  }

  private static Prefix prefixOf(ChangeId change, Map<ChangeId, Prefix> held) {
    Prefix prefix = held.get(change);
    if (prefix == null) {
      throw new IllegalArgumentException("the change is not held");
    }
    return prefix;
  }
}
