package dev.cairn.client.courier;

import dev.cairn.client.courier.CarriedParcels.Carried;
import dev.cairn.client.courier.CarriedParcels.Here;
import dev.cairn.client.courier.CarriedParcels.Keeping;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One bundle being taken in, parcel by parcel. */
final class Arrival {

  private final Holdings holdings;
  private final ParcelIntake intake;
  private final ParcelTally tally = new ParcelTally();
  private final Set<Digest> earlyHere = new HashSet<>();
  private final Map<Digest, Long> firstWaiting = new HashMap<>();
  private @Nullable EarlyParcels waitingHere;
  private @Nullable MalformedException altered;
  private boolean full;
  private boolean dropped;
  private boolean fresh;
  private int parcels;
  private long early;
  private long waiting;

  Arrival(Holdings holdings, ParcelIntake intake) {
    this.holdings = holdings;
    this.intake = intake;
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
      intake.take(opened.content(), one);
    } catch (MalformedException nonsense) {
      // Anybody who has our public key can seal this to us: it must not keep out what is behind it.
      tally.refused();
      return;
    } catch (TooNewException later) {
      tally.forOthers();
      tally.tooNew();
      keep(parcel, !goesOn, Here.EARLY);
      return;
    }
    tally.add(one, false);
    boolean isEarly = one.waiting() > 0;
    if (isEarly) {
      earlyHere.add(Sha256.of(parcel));
    }
    if (goesOn || isEarly) {
      keep(parcel, !goesOn, isEarly ? Here.EARLY : Here.TAKEN);
    }
  }

  private void keep(byte[] parcel, boolean settled, Here here) throws CairnException {
    Keeping kept = holdings.store().write(rows -> kept(rows, parcel, settled, here));
    dropped = kept == Keeping.FULL;
    full |= dropped;
    fresh |= kept == Keeping.FRESH;
  }

  private Keeping kept(SealedRows rows, byte[] parcel, boolean settled, Here here)
      throws CairnException {
    if (here != Here.EARLY) {
      return CarriedParcels.keep(rows, parcel, settled, here);
    }
    if (waitingHere == null) {
      waitingHere = EarlyParcels.read(rows);
    }
    return waitingHere.keep(rows, parcel, settled);
  }

  /**
   * Takes parcels again whose beginning may have come, as long as that brings something. In which
   * order a long chain of them came does not matter: what is found to wait at an earlier place of
   * its feed is tried first the next time.
   */
  void takeEarlyOnes() throws CairnException {
    if (fresh) {
      holdings.store().change(CarriedParcels::endPauses);
    }
    waitingHere = null;
    boolean moved = true;
    while (moved) {
      moved = false;
      early = 0;
      waiting = 0;
      List<Carried> all = holdings.store().read(CarriedParcels::all);
      all.sort(Comparator.comparingLong(each -> firstWaiting.getOrDefault(each.id(), 0L)));
      for (Carried carried : all) {
        moved |= carried.here() == Here.EARLY && takeAgain(carried);
      }
    }
  }

  private boolean takeAgain(Carried carried) throws CairnException {
    Optional<byte[]> parcel = holdings.store().read(rows -> CarriedParcels.parcel(rows, carried));
    if (!parcel.isPresent()) {
      return false;
    }
    ParcelTally one = new ParcelTally();
    try {
      Optional<ParcelKeys.Opened> opened = ParcelKeys.open(holdings, parcel.get());
      if (!opened.isPresent()) {
        return false;
      }
      intake.take(opened.get().content(), one);
    } catch (MalformedException nonsense) {
      // A key that came since may fit a stanza that leads to nothing: it must not end what follows.
      tally.refused();
      holdings.store().change(rows -> CarriedParcels.remove(rows, carried));
      return false;
    } catch (TooNewException later) {
      return false;
    }
    tally.add(one, true);
    firstWaiting.put(carried.id(), one.firstWaiting());
    if (one.waiting() == 0) {
      holdings.store().change(rows -> CarriedParcels.taken(rows, carried));
    } else if (earlyHere.contains(carried.id())) {
      early++;
      waiting += one.waiting();
    }
    return one.fresh() > 0;
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
