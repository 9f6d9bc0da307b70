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
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which changes of suspended devices count: the last good ones and what they continue. A reader
 * holds a feed with gaps (what is not for him), so where a feed never forked the sequence tells
 * what the missing changes cannot.
 */
final class GoodHistory {

  private final Map<DeviceId, SuspensionRule> rules = new HashMap<>();
  private final Map<ChangeId, Prefix> prefixes = new HashMap<>();
  private final Map<DeviceId, Map<Long, Integer>> atSequence = new HashMap<>();
  private final Map<ChangeId, Set<ChangeId>> histories = new HashMap<>();

  GoodHistory(RosterState roster, SealedRows rows) throws CairnException {
    for (DeviceEntry entry : roster.devices()) {
      roster.suspensionRule(entry.device()).ifPresent(rule -> rules.put(entry.device(), rule));
    }
    if (!rules.isEmpty()) {
      OthersChanges.scan(rows, 0, this::note);
    }
  }

  private boolean note(Change change) {
    Prefix prefix = change.prefix();
    if (rules.containsKey(prefix.device())) {
      prefixes.put(change.id(), prefix);
      atSequence
          .computeIfAbsent(prefix.device(), any -> new HashMap<>())
          .merge(prefix.sequence(), 1, Integer::sum);
    }
    return true;
  }

  boolean counts(Change change) {
    SuspensionRule rule = rules.get(change.prefix().device());
    return rule == null || rule.counts(change.id(), this::history);
  }

  private Set<ChangeId> history(ChangeId last) {
    return histories.computeIfAbsent(last, this::walk);
  }

  private Set<ChangeId> walk(ChangeId last) {
    Prefix start = prefixes.get(last);
    Set<ChangeId> seen = new HashSet<>();
    if (start == null) {
      return seen;
    }
    if (isLine(start.device())) {
      prefixes.forEach(
          (id, prefix) -> {
            if (prefix.device().equals(start.device()) && prefix.sequence() <= start.sequence()) {
              seen.add(id);
            }
          });
      return seen;
    }
    Deque<ChangeId> left = new ArrayDeque<>();
    left.add(last);
    while (!left.isEmpty()) {
      ChangeId next = left.pop();
      Prefix prefix = prefixes.get(next);
      if (prefix != null && seen.add(next)) {
        left.addAll(prefix.previous());
        left.addAll(prefix.audiencePrevious());
      }
    }
    return seen;
  }

  private boolean isLine(DeviceId device) {
    Collection<Integer> counts = atSequence.getOrDefault(device, Map.of()).values();
    return counts.stream().allMatch(count -> count == 1);
  }
}
