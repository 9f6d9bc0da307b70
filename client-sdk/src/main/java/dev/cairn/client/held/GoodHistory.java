package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.SuspensionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which changes of suspended devices count, as far as this store can tell from what it holds. */
final class GoodHistory {

  private final Map<DeviceId, SuspensionRule.Counted> counted = new HashMap<>();

  GoodHistory(RosterState roster, SealedRows rows) throws CairnException {
    Map<DeviceId, SuspensionRule> rules = new HashMap<>();
    for (DeviceEntry entry : roster.devices()) {
      roster.suspensionRule(entry.device()).ifPresent(rule -> rules.put(entry.device(), rule));
    }
    if (rules.isEmpty()) {
      return;
    }
    Map<ChangeId, List<ChangeId>> links = new HashMap<>();
    OthersChanges.scan(
        rows,
        0,
        change -> {
          if (rules.containsKey(change.prefix().device())) {
            links.put(change.id(), links(change.prefix()));
          }
          return true;
        });
    rules.forEach(
        (device, rule) ->
            counted.put(device, rule.counted(id -> links.getOrDefault(id, List.of()))));
  }

  private static List<ChangeId> links(Prefix prefix) {
    List<ChangeId> links = new ArrayList<>(prefix.previous());
    links.addAll(prefix.audiencePrevious());
    return links;
  }

  boolean counts(Change change) {
    SuspensionRule.Counted rule = counted.get(change.prefix().device());
    return rule == null || rule.counts(change.id());
  }
}
