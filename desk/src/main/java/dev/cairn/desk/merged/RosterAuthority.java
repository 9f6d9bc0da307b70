package dev.cairn.desk.merged;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.MergeAuthority;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.SuspensionRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a merge asks of the roster, answered from one state of it and the feeds that are held. */
final class RosterAuthority implements MergeAuthority {

  private final RosterState roster;
  private final Map<ChangeId, List<ChangeId>> continued;
  private final Map<DeviceId, Optional<SuspensionRule.Counted>> rules = new HashMap<>();

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
        .computeIfAbsent(device, this::counted)
        .map(rule -> rule.counts(change))
        .orElse(true);
  }

  private Optional<SuspensionRule.Counted> counted(DeviceId device) {
    return roster
        .suspensionRule(device)
        .map(rule -> rule.counted(id -> continued.getOrDefault(id, List.of())));
  }
}
