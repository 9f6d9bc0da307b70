package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.SuspensionRule;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * Which bodies the server forgets, and which need not come. Anybody's erasure is logged; only that
 * of who is a coordinator when it is logged, and not suspended, makes the server forget, and only
 * by the rule of {@link Label#erases}, whichever of the two comes first.
 *
 * <p>What was forgotten does not come back when its eraser is suspended. So a change without a body
 * is taken, too, where an erasure in the log erases it for whoever merges: one that counts, by a
 * coordinator, be he suspended since. More than that would let somebody who was cut off, and
 * whoever hands a change in without its body, keep from a log what readers would read.
 */
final class ErasureRules {

  private final SpaceBatch batch;
  private final Set<ChangeId> bare;
  private final CountingChanges counting;

  /**
   * For one batch.
   *
   * @param bare changes that were taken without a body and that nothing erases yet; kept up to date
   */
  ErasureRules(SpaceBatch batch, Set<ChangeId> bare) {
    this.batch = batch;
    this.bare = bare;
    this.counting = new CountingChanges(batch);
  }

  /** Whether something in the log has the body dropped of a change that comes only now. */
  boolean isErasedAhead(Change change) throws StoreException {
    if (change.opensSession()) {
      return false;
    }
    Label target = Label.of(change);
    for (ChangeId by : batch.erasuresAhead(change.id(), true)) {
      Optional<Prefix> prefix = batch.prefix(by);
      if (prefix.isPresent() && Label.of(by, prefix.get()).erases(target)) {
        return true;
      }
    }
    return false;
  }

  /** Whether something in the log says why a change comes without a body. */
  boolean explains(Change change) throws StoreException {
    return isErasedAhead(change) || isErased(Label.of(change));
  }

  /** By the rule of section 9, which who merges this log goes by. */
  private boolean isErased(Label target) throws StoreException {
    for (ChangeId by : batch.erasuresAhead(target.change(), false)) {
      Optional<Prefix> prefix = batch.prefix(by);
      if (prefix.isPresent()
          && batch.roster().mayDecide(prefix.get().device())
          && Label.of(by, prefix.get()).erases(target)
          && counting.counts(by, prefix.get().device())) {
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
    if (!change.opensSession() && !change.ciphertext().isPresent()) {
      if (explains(change)) {
        batch.erase(change.id());
      } else {
        bare.add(change.id());
      }
    }
    Optional<ChangeId> erased = change.prefix().erases();
    if (erased.isPresent()) {
      erasing(change, erased.get());
    }
    if (!bare.isEmpty() && mayExplain(change, batch.roster())) {
      explainBare();
    }
  }

  private void erasing(Change change, ChangeId erased) throws StoreException {
    DeviceId device = change.prefix().device();
    if (!mayErase(device)) {
      if (batch.roster().everCoordinated(device)) {
        batch.eraseAhead(erased, change.id(), false);
      }
      return;
    }
    Optional<Prefix> target = batch.prefix(erased);
    if (target.isEmpty()) {
      batch.eraseAhead(erased, change.id(), true);
    } else if (Label.of(change).erases(Label.of(erased, target.get()))) {
      batch.erase(erased);
      bare.remove(erased);
    }
  }

  /**
   * Whether a change that goes into the log may say why others have no body: it erases, or it is
   * the last good one of somebody who was cut off, from which what he erased may count.
   */
  static boolean mayExplain(Change change, RosterState roster) {
    return change.prefix().erases().isPresent()
        || roster
            .suspensionRule(change.prefix().device())
            .filter((SuspensionRule rule) -> rule.isNamed(change.id()))
            .isPresent();
  }

  private void explainBare() throws StoreException {
    for (Iterator<ChangeId> each = bare.iterator(); each.hasNext(); ) {
      ChangeId change = each.next();
      Optional<Prefix> prefix = batch.prefix(change);
      if (prefix.isPresent() && isErased(Label.of(change, prefix.get()))) {
        batch.erase(change);
        each.remove();
      }
    }
  }
}
