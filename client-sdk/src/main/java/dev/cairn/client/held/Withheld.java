package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes of others that the log gave without their body. A body goes only when an erasure is in
 * the log: if none explains it once everything was fetched, somebody withholds what a reporter
 * wrote. The chain and the log would still hold, so nothing else would show it.
 */
public final class Withheld {

  private Withheld() {}

  /** Whether a change that has a body came without it. */
  public static boolean isBare(Change change) {
    return !change.opensSession() && !change.ciphertext().isPresent();
  }

  /**
   * Notes changes that the log gave bare. What a courier leaves out is not held against the server.
   */
  public static void arrived(SealedRows rows, Collection<ChangeId> bare) throws CairnException {
    if (bare.isEmpty()) {
      return;
    }
    Set<ChangeId> all = StoredIds.read(rows, Fact.WITHHELD);
    if (all.addAll(bare)) {
      StoredIds.write(rows, Fact.WITHHELD, all);
    }
  }

  /** Notes that the server is called a liar for what is left. */
  public static void tell(SealedRows rows) throws CairnException {
    StoredIds.write(rows, Fact.WITHHELD_TOLD, StoredIds.read(rows, Fact.WITHHELD));
  }

  /** Forgets all of them: the log is read from its start, and tells again what comes so. */
  public static void forget(SealedRows rows) throws CairnException {
    Fact.WITHHELD.delete(rows);
    Fact.WITHHELD_TOLD.delete(rows);
  }

  /** Whether nothing came so. */
  public static boolean isEmpty(SealedRows rows) throws CairnException {
    return StoredIds.read(rows, Fact.WITHHELD).isEmpty();
  }

  /** Forgets those that are explained by now; whether any is left. */
  public static boolean remain(SealedRows rows, RosterState roster, DeviceId self)
      throws CairnException {
    List<ChangeId> left = new ArrayList<>();
    for (ChangeId change : StoredIds.read(rows, Fact.WITHHELD)) {
      if (!isExplained(rows, change, roster, self)) {
        left.add(change);
      }
    }
    if (left.isEmpty()) {
      forget(rows);
      return false;
    }
    StoredIds.write(rows, Fact.WITHHELD, left);
    return true;
  }

  /**
   * Whether the server was called a liar for it. Until then the body, or the erasure that says why
   * there is none, may still come: it was not in the log when it came by hand, or a link was cut
   * before the log was read to its end.
   */
  public static boolean isToldOf(SealedRows rows, ChangeId id) throws CairnException {
    return StoredIds.read(rows, Fact.WITHHELD_TOLD).contains(id)
        && StoredIds.read(rows, Fact.WITHHELD).contains(id);
  }

  /**
   * Whether a change that is held without a body may be. Of a change that this device wrote and may
   * not fetch it cannot be told: nor may it fetch the erasure.
   */
  public static boolean isExplained(SealedRows rows, ChangeId id, RosterState roster, DeviceId self)
      throws CairnException {
    Optional<OthersChanges.Place> place = OthersChanges.place(rows, id);
    Long number = place.isPresent() ? place.get().numberOrNull() : null;
    Optional<Change> held = number == null ? Optional.empty() : OthersChanges.at(rows, number);
    return !held.isPresent()
        || !isBare(held.get())
        || isUnread(held.get(), roster, self)
        || Withdrawals.isErased(rows, held.get(), roster);
  }

  private static boolean isUnread(Change change, RosterState roster, DeviceId self) {
    return change.prefix().device().equals(self)
        && change.prefix().audience().circles().stream()
            .noneMatch(circle -> roster.mayFetch(self, circle));
  }
}
