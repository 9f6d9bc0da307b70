package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parcels that wait here for their beginning, and which of them are due: those of which some of
 * what they lacked has come. In which order a long chain of them came does not matter: each that is
 * taken in wakes those that continue it.
 */
final class WaitingParcels {

  private final Holdings holdings;
  private final Map<Digest, Lacking> all;
  private final Map<ChangeId, List<Digest>> continuing = new HashMap<>();
  private final Deque<Digest> due = new ArrayDeque<>();
  private RosterState roster;

  private WaitingParcels(Holdings holdings, Map<Digest, Lacking> all) {
    this.holdings = holdings;
    this.all = all;
    this.roster = holdings.roster();
    all.forEach(this::index);
  }

  /**
   * Those that are here.
   *
   * @param later whether those are due that wait for a newer program: this one may be it. So are
   *     those of which it is not known any more what they lack: that is told by trying them
   */
  static WaitingParcels read(Holdings holdings, boolean later) throws CairnException {
    return holdings
        .store()
        .read(
            rows -> {
              Map<Digest, Lacking> all = Lacking.all(rows);
              if (later) {
                Lacking nothing = Lacking.of(List.of(), List.of(), Lacking.keysOf(holdings));
                CarriedParcels.earlySizes(rows).forEach((id, size) -> all.putIfAbsent(id, nothing));
              }
              WaitingParcels waiting = new WaitingParcels(holdings, all);
              for (Map.Entry<Digest, Lacking> each : waiting.all.entrySet()) {
                Lacking lacking = each.getValue();
                if ((later && lacking.isForLater())
                    || lacking.isKnown(holdings)
                    || lacking.isHeld(rows)) {
                  waiting.due.add(each.getKey());
                }
              }
              return waiting;
            });
  }

  private void index(Digest parcel, Lacking lacking) {
    for (ChangeId change : lacking.changes()) {
      continuing.computeIfAbsent(change, any -> new ArrayList<>()).add(parcel);
    }
  }

  /** The next that is due. */
  Optional<Digest> next() {
    Optional<Digest> next = Optional.ofNullable(due.poll());
    return next.isPresent() && !has(next.get()) ? next() : next;
  }

  /** Whether one waits still. */
  boolean has(Digest parcel) {
    return all.containsKey(parcel);
  }

  /** What one was found to lack when it was tried last. */
  Lacking lacking(Digest parcel) {
    Lacking lacking = all.get(parcel);
    if (lacking == null) {
      throw new IllegalArgumentException("it does not wait");
    }
    return lacking;
  }

  /** One does not wait any more. */
  void gone(Digest parcel) {
    all.remove(parcel);
  }

  /** One waits on, for something else. */
  void waitsOn(Digest parcel, Lacking lacking) {
    all.put(parcel, lacking);
    index(parcel, lacking);
  }

  /**
   * Something was taken in.
   *
   * @param changes those of the parcel in which it was
   */
  void taken(Collection<ChangeId> changes) throws CairnException {
    Set<Digest> woken = new LinkedHashSet<>();
    // By its heads it cannot be told: what a held statement names as seen is none.
    if (holdings.roster() != roster) {
      roster = holdings.roster();
      all.forEach(
          (parcel, lacking) -> {
            if (lacking.isKnown(holdings)) {
              woken.add(parcel);
            }
          });
    }
    for (ChangeId change : changes) {
      woken.addAll(held(change));
    }
    due.forEach(woken::remove);
    due.addAll(woken);
  }

  /** Those that continue a change, if it is held. */
  private List<Digest> held(ChangeId change) throws CairnException {
    List<Digest> after = continuing.getOrDefault(change, Collections.emptyList());
    boolean isHeld =
        !after.isEmpty()
            && holdings.store().read(rows -> OthersChanges.place(rows, change).isPresent());
    return isHeld ? after : Collections.emptyList();
  }
}
