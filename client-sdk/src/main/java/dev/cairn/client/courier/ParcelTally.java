package dev.cairn.client.courier;

import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.intake.Taken;
import java.util.Set;

/** Counts what comes out of parcels. */
final class ParcelTally {

  /** Codes of what may be taken once something else has come. */
  private static final Set<String> EARLY = Set.of(IntakeBatch.GAP, IntakeBatch.DEVICE_UNKNOWN);

  private long fresh;
  private long known;
  private long refused;
  private long forOthers;
  private long tooNew;
  private long receipts;
  private long waiting;
  private long firstWaiting = Long.MAX_VALUE;

  /** A frame, whose first change has this place in its feed. */
  void taken(Taken taken, long sequence) {
    long before = waiting;
    taken(taken);
    if (waiting > before) {
      firstWaiting = Math.min(firstWaiting, sequence);
    }
  }

  void taken(Taken taken) {
    fresh += taken.fresh();
    known += taken.known();
    if (EARLY.contains(taken.code().orElse(""))) {
      waiting += taken.refused();
    } else {
      refused += taken.refused();
    }
  }

  void receipts(int count) {
    receipts += count;
  }

  void refused() {
    refused++;
  }

  void forOthers() {
    forOthers++;
  }

  /** One of those for others is of a later version. */
  void tooNew() {
    tooNew++;
  }

  /** Changes and statements that were new. */
  long fresh() {
    return fresh;
  }

  /** Changes that continue what has not come. */
  long waiting() {
    return waiting;
  }

  /** The lowest place in a feed at which one of those stands. */
  long firstWaiting() {
    return firstWaiting;
  }

  /** Counts in what came of a parcel, all of it or what is new on taking it again. */
  void add(ParcelTally parcel, boolean again) {
    fresh += parcel.fresh;
    known += again ? 0 : parcel.known;
    refused += parcel.refused;
    forOthers += parcel.forOthers;
    receipts += parcel.receipts;
  }

  BundleImport result(long early, long stillWaiting, long unreconciled) {
    return new BundleImport(
        fresh, known, refused + stillWaiting, forOthers, tooNew, receipts, unreconciled, early);
  }
}
