package dev.cairn.client.courier;

import dev.cairn.client.courier.CarriedParcels.Carried;
import dev.cairn.client.courier.CarriedParcels.Here;
import dev.cairn.client.courier.CarriedParcels.Keeping;
import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One bundle being taken in, parcel by parcel. */
final class Arrival {

  private final Holdings holdings;
  private final ParcelIntake intake;
  private final ParcelTally tally = new ParcelTally();
  private final boolean tellsLaterOnes;
  private final Map<Digest, Long> earlyHere = new HashMap<>();
  private @Nullable EarlyParcels waitingHere;
  private @Nullable MalformedException altered;
  private boolean full;
  private boolean dropped;
  private boolean fresh;
  private int parcels;
  private long early;
  private long waiting;

  /**
   * Begins.
   *
   * @param tellsLaterOnes whether this program has not tried yet what waits for a newer one
   */
  Arrival(Holdings holdings, ParcelIntake intake, boolean tellsLaterOnes) {
    this.holdings = holdings;
    this.intake = intake;
    this.tellsLaterOnes = tellsLaterOnes;
  }

  void take(byte[] parcel) throws CairnException {
    parcels++;
    dropped = false;
    Optional<ParcelKeys.Opened> opened;
    try {
      opened = ParcelKeys.open(holdings, parcel);
    } catch (MalformedException wrong) {
      if (altered == null) {
        altered =
            new MalformedException(
                "parcel "
                    + parcels
                    + " of the bundle was altered on its way; the rest is taken in");
      }
      return;
    }
    if (opened.isPresent()) {
      take(parcel, opened.get());
    } else {
      keep(parcel, false, Here.CLOSED);
      tally.forOthers();
      if (Parcel.isOfLaterVersion(parcel)) {
        tally.tooNew();
      }
    }
  }

  private void take(byte[] parcel, ParcelKeys.Opened opened) throws CairnException {
    if (!opened.content().space().equals(holdings.identity().space())) {
      tally.refused();
      return;
    }
    // What coordinators may read at once is the server's too.
    boolean goesOn = !opened.forThisDevice() && !(opened.content() instanceof ParcelContent.Answer);
    ParcelTally one = new ParcelTally();
    try {
      intake.take(opened, one);
    } catch (MalformedException nonsense) {
      // Anybody who has our public key can seal this to us: it must not keep out what is behind it.
      tally.refused();
      return;
    } catch (TooNewException later) {
      tally.forOthers();
      tally.tooNew();
      keepEarly(parcel, !goesOn, Lacking.of(List.of(), List.of(), Lacking.keysOf(holdings)));
      return;
    }
    tally.add(one, false);
    if (one.waiting() > 0) {
      earlyHere.put(Sha256.of(parcel), one.waiting());
      keepEarly(parcel, !goesOn, one.lacking(Lacking.keysOf(holdings)));
    } else if (goesOn) {
      keep(parcel, false, Here.TAKEN);
    }
  }

  private void keep(byte[] parcel, boolean settled, Here here) throws CairnException {
    kept(holdings.store().write(rows -> CarriedParcels.keep(rows, parcel, settled, here)));
  }

  private void keepEarly(byte[] parcel, boolean settled, Lacking lacking) throws CairnException {
    kept(
        holdings
            .store()
            .write(
                rows -> {
                  if (waitingHere == null) {
                    waitingHere = EarlyParcels.read(rows);
                  }
                  return waitingHere.keep(rows, parcel, settled, lacking);
                }));
  }

  private void kept(Keeping kept) {
    dropped = kept == Keeping.FULL;
    full |= dropped;
    fresh |= kept == Keeping.FRESH;
  }

  /** Takes parcels again whose beginning has come, as long as that brings something. */
  void takeEarlyOnes() throws CairnException {
    if (fresh) {
      holdings.store().change(CarriedParcels::endPauses);
    }
    waitingHere = null;
    WaitingParcels all = WaitingParcels.read(holdings, tellsLaterOnes);
    for (Optional<Digest> next = all.next(); next.isPresent(); next = all.next()) {
      takeAgain(next.get(), all);
    }
    earlyHere.keySet().removeIf(parcel -> !all.has(parcel));
    early = earlyHere.size();
    waiting = earlyHere.values().stream().mapToLong(Long::longValue).sum();
  }

  private void takeAgain(Digest id, WaitingParcels all) throws CairnException {
    Optional<Carried> found = holdings.store().read(rows -> CarriedParcels.find(rows, id));
    if (!found.isPresent()) {
      all.gone(id);
      return;
    }
    Carried carried = found.get();
    int keys = Lacking.keysOf(holdings);
    ParcelTally one = new ParcelTally();
    boolean isRead;
    try {
      isRead = isTaken(carried, one);
    } catch (MalformedException nonsense) {
      // A key that came since may fit a stanza that leads to nothing: it must not end what follows.
      tally.refused();
      holdings.store().change(rows -> CarriedParcels.remove(rows, carried));
      all.gone(id);
      return;
    }
    tally.add(one, true);
    if (isRead && one.waiting() == 0) {
      holdings.store().change(rows -> CarriedParcels.taken(rows, carried));
      all.gone(id);
    } else {
      Lacking lacking = isRead ? one.lacking(keys) : all.lacking(id).with(keys);
      holdings.store().change(rows -> lacking.write(rows, id));
      all.waitsOn(id, lacking);
      earlyHere.computeIfPresent(id, (any, before) -> one.waiting());
    }
    if (one.fresh() > 0) {
      all.taken(one.changes());
    }
  }

  /** Takes one in; false if this program cannot read it. */
  private boolean isTaken(Carried carried, ParcelTally one) throws CairnException {
    Optional<byte[]> parcel = holdings.store().read(rows -> CarriedParcels.parcel(rows, carried));
    try {
      Optional<ParcelKeys.Opened> opened =
          parcel.isPresent() ? ParcelKeys.open(holdings, parcel.get()) : Optional.empty();
      if (opened.isPresent()) {
        intake.take(opened.get(), one);
      }
      return opened.isPresent();
    } catch (TooNewException later) {
      return false;
    }
  }

  /** Whether there was no room for the last one to be carried on. */
  boolean dropped() {
    return dropped;
  }

  /** Whether there was no room for one. */
  boolean isFull() {
    return full;
  }

  /** Whether one was altered. */
  boolean isAltered() {
    return altered != null;
  }

  /** What came out of those that are whole. */
  BundleImport taken() throws CairnException {
    return tally.result(early, waiting, intake.unreconciled());
  }

  BundleImport result() throws CairnException {
    if (altered != null) {
      throw altered;
    }
    if (full) {
      throw new RefusedException(
          "courier.full",
          "too many parcels of others are carried; sync, or hand on a bundle, then import again");
    }
    return taken();
  }
}
