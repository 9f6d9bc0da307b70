package dev.cairn.client.courier;

import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.intake.Taken;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
  private final Set<DeviceId> unknown = new LinkedHashSet<>();
  private final Set<ChangeId> missing = new LinkedHashSet<>();
  private final List<ChangeId> changes = new ArrayList<>();

  /**
   * What became of a frame.
   *
   * @param lacked what it names that is not held, if it waits for that
   */
  void taken(Frame frame, Taken taken, Set<ChangeId> lacked) {
    taken(taken);
    String code = taken.code().orElse("");
    if (code.equals(IntakeBatch.DEVICE_UNKNOWN)) {
      unknown.add(frame.device());
    } else if (code.equals(IntakeBatch.GAP)) {
      missing.addAll(lacked);
    }
    frame.changes().forEach(change -> changes.add(change.id()));
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

  /**
   * What those wait for.
   *
   * @param keys how many keys of circles there were
   */
  Lacking lacking(int keys) {
    return Lacking.of(unknown, missing, keys);
  }

  /** All changes that were looked at. */
  List<ChangeId> changes() {
    return changes;
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
