package dev.cairn.desk.merged;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.MergeAuthority;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.SuspensionRule;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a merge asks of the roster, answered from one state of it and the feeds that are held. */
final class RosterAuthority implements MergeAuthority {

  private final RosterState roster;
  private final Map<ChangeId, List<ChangeId>> continued;
  private final Map<DeviceId, Optional<SuspensionRule>> rules = new HashMap<>();
  private final Map<ChangeId, Set<ChangeId>> histories = new HashMap<>();

  /**
   * Answers from a roster.
   *
   * @param continued what each held change continues
   */
  RosterAuthority(RosterState roster, Map<ChangeId, List<ChangeId>> continued) {
    this.roster = roster;
    this.continued = continued;
  }

  @Override
  public Optional<Author> author(DeviceId device) {
    return roster
        .device(device)
        .map(
            entry ->
                new Author(
                    entry.member(),
                    roster.mayDecide(device),
                    entry.state() == DeviceEntry.State.PROVISIONAL));
  }

  @Override
  public boolean counts(ChangeId change, DeviceId device) {
    return rules
        .computeIfAbsent(device, roster::suspensionRule)
        .map(rule -> rule.counts(change, this::historyOf))
        .orElse(true);
  }

  /** All that a change continues, itself included; empty if it is not held. */
  private Set<ChangeId> historyOf(ChangeId last) {
    return histories.computeIfAbsent(
        last, change -> continued.containsKey(change) ? walk(change) : Collections.emptySet());
  }

  private Set<ChangeId> walk(ChangeId last) {
    Set<ChangeId> history = new HashSet<>();
    Deque<ChangeId> open = new ArrayDeque<>();
    open.add(last);
    while (!open.isEmpty()) {
      ChangeId next = open.remove();
      if (history.add(next)) {
        open.addAll(continued.getOrDefault(next, Collections.emptyList()));
      }
    }
    return history;
  }
}
