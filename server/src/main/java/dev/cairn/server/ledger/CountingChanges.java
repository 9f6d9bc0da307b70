package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.SuspensionRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of suspended devices count, as far as the log goes. To be told goes through all
 * that counts of the device, so it is asked only about erasures of what has no body, and once as
 * long as neither the log nor the roster has grown.
 */
final class CountingChanges {

  private final SpaceBatch batch;
  private final Map<DeviceId, SuspensionRule.Counted> known = new HashMap<>();
  private long size = -1;
  private @Nullable RosterState roster;

  CountingChanges(SpaceBatch batch) {
    this.batch = batch;
  }

  /** Whether a logged change of this device counts. */
  boolean counts(ChangeId change, DeviceId device) throws StoreException {
    RosterState now = batch.roster();
    if (size != batch.nextPosition() || !now.equals(roster)) {
      known.clear();
      size = batch.nextPosition();
      roster = now;
    }
    Optional<SuspensionRule> rule = now.suspensionRule(device);
    if (rule.isEmpty()) {
      return true;
    }
    try {
      return known
          .computeIfAbsent(device, of -> rule.get().counted(each -> links(each, of)))
          .counts(change);
    } catch (UncheckedStoreException e) {
      throw e.fault();
    }
  }

  private Collection<ChangeId> links(ChangeId change, DeviceId device) {
    try {
      Optional<Prefix> prefix = batch.prefix(change);
      if (prefix.isEmpty() || !prefix.get().device().equals(device)) {
        return List.of();
      }
      List<ChangeId> links = new ArrayList<>(prefix.get().previous());
      links.addAll(prefix.get().audiencePrevious());
      return links;
    } catch (StoreException e) {
      throw new UncheckedStoreException(e);
    }
  }
}
