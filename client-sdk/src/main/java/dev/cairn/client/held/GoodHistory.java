package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.SuspensionRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which changes of suspended devices count, as far as this store can tell from what it holds. */
public final class GoodHistory {

  private static final int OWN_BATCH = 512;

  private final RosterState roster;
  private final SealedRows rows;
  private final Map<DeviceId, SuspensionRule.Counted> counted = new HashMap<>();

  /** Of what a store holds now. */
  public GoodHistory(RosterState roster, SealedRows rows) throws CairnException {
    this.roster = roster;
    this.rows = rows;
    Map<DeviceId, SuspensionRule> rules = new HashMap<>();
    for (DeviceEntry entry : roster.devices()) {
      roster.suspensionRule(entry.device()).ifPresent(rule -> rules.put(entry.device(), rule));
    }
    if (rules.isEmpty()) {
      return;
    }
    Map<ChangeId, List<ChangeId>> continued = new HashMap<>();
    addOwn(rows, rules, continued);
    OthersChanges.scan(
        rows,
        0,
        change -> {
          if (rules.containsKey(change.prefix().device())) {
            HeardChange seen = HeardChange.of(change.id(), change.prefix());
            continued.put(seen.id(), seen.continued());
          }
          return true;
        });
    for (HeardChange heard : HeardChange.readAll(rows)) {
      continued.put(heard.id(), heard.continued());
    }
    rules.forEach(
        (device, rule) ->
            counted.put(device, rule.counted(id -> continued.getOrDefault(id, List.of()))));
  }

  /** This device may be the one that was cut off; what it wrote before counts for it as for all. */
  private static void addOwn(
      SealedRows rows, Map<DeviceId, SuspensionRule> rules, Map<ChangeId, List<ChangeId>> continued)
      throws CairnException {
    List<Change> batch = OwnChanges.from(rows, 0, OWN_BATCH);
    while (!batch.isEmpty() && rules.containsKey(batch.get(0).prefix().device())) {
      long next = 0;
      for (Change change : batch) {
        HeardChange own = HeardChange.of(change.id(), change.prefix());
        continued.put(own.id(), own.continued());
        next = change.prefix().sequence() + 1;
      }
      batch = OwnChanges.from(rows, next, OWN_BATCH);
    }
  }

  /** Whether a change counts, by what is held of its device's history. */
  public boolean counts(DeviceId device, ChangeId change) {
    SuspensionRule.Counted rule = counted.get(device);
    return rule == null || rule.counts(change);
  }

  /**
   * Whether a change that was heard is the word of a coordinator: of a device that may decide and,
   * if it was cut off since, from before the cut. Asked on reading and not on arrival, because the
   * cut may come later, and what it names later than what leads there.
   */
  public boolean isCoordinatorsWord(ChangeId word) throws CairnException {
    Optional<HeardChange> heard = HeardChange.read(rows, word);
    return heard.isPresent()
        && roster.mayDecide(heard.get().device())
        && counts(heard.get().device(), word);
  }
}
