package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.Optional;

/**
 * Which bodies the server forgets. Anybody's erasure is logged; only that of who is a coordinator
 * when it is logged makes the server forget, and only by the rule of {@link Label#erases},
 * whichever of the two comes first.
 */
final class ErasureRules {

  private final SpaceBatch batch;

  ErasureRules(SpaceBatch batch) {
    this.batch = batch;
  }

  /** Whether something in the log erases a change that comes only now. */
  boolean isErasedAhead(Change change) throws StoreException {
    if (change.opensSession()) {
      return false;
    }
    Label target = Label.of(change);
    for (ChangeId by : batch.erasuresAhead(change.id())) {
      Optional<Prefix> prefix = batch.prefix(by);
      if (prefix.isPresent() && Label.of(by, prefix.get()).erases(target)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a body may go on this device's word. One that is suspended may still bring what its
   * last good changes continue, and that is not always known here yet; what is gone does not come
   * back.
   */
  private boolean mayErase(DeviceId device) {
    return batch.roster().mayDecide(device) && !batch.roster().isSuspended(device);
  }

  /** Follows a change that goes into the log. */
  void logged(Change change) throws StoreException {
    Optional<ChangeId> erased = change.prefix().erases();
    if (erased.isEmpty() || !mayErase(change.prefix().device())) {
      return;
    }
    Optional<Prefix> target = batch.prefix(erased.get());
    if (target.isEmpty()) {
      batch.eraseAhead(erased.get(), change.id());
    } else if (Label.of(change).erases(Label.of(erased.get(), target.get()))) {
      batch.erase(erased.get());
    }
  }
}
