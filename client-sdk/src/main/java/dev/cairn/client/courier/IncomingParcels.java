package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes parcels from a device that is met, piece by piece. Each is durable as soon as it is whole;
 * what came of the last is kept when the meeting is cut, and the next one goes on from there.
 */
public final class IncomingParcels {

  /** Who has no room to carry more still takes what is so small: it may be for himself. */
  private static final int SMALL_BYTES_MAX = 64 * 1024;

  private final Holdings holdings;
  private final Arrival arrival;
  private final Set<Digest> passed;
  private final Map<Digest, PartialParcels.Partial> partials;
  private final Map<Digest, byte[]> promised = new HashMap<>();
  private @Nullable Digest id;
  private byte[] parcel = new byte[0];
  private int filled;
  private int taken;
  private int altered;

  IncomingParcels(Holdings holdings, Arrival arrival) throws CairnException {
    this.holdings = holdings;
    this.arrival = arrival;
    this.passed = new HashSet<>(holdings.store().read(PassedParcels::read));
    this.partials = holdings.store().read(PartialParcels::all);
  }

  /** Where a parcel that is offered should begin; empty if it is not wanted. */
  public OptionalInt wanted(Digest parcelId, int sizeBytes) throws CairnException {
    boolean has = holdings.store().read(rows -> CarriedParcels.has(rows, parcelId));
    if (has || passed.contains(parcelId) || (arrival.isFull() && sizeBytes > SMALL_BYTES_MAX)) {
      return OptionalInt.empty();
    }
    PartialParcels.Partial partial = partials.get(parcelId);
    if (partial != null && partial.sizeBytes() >= sizeBytes) {
      forget(partial);
      partial = null;
    }
    byte[] begun = partial == null ? new byte[0] : partial.bytes();
    promised.put(parcelId, begun);
    return OptionalInt.of(begun.length);
  }

  /** Begins a parcel where it was {@link #wanted}. */
  public void begin(Digest parcelId, int sizeBytes) {
    byte[] begun = promised.remove(parcelId);
    if (begun == null) {
      throw new IllegalStateException("a parcel that was not wanted");
    }
    id = parcelId;
    parcel = Arrays.copyOf(begun, sizeBytes);
    filled = begun.length;
  }

  /** How much of the parcel that was begun is still to come. */
  public int missingBytes() {
    return parcel.length - filled;
  }

  /** Takes the next bytes of it, at most {@link #missingBytes}. */
  public void add(byte[] bytes) throws CairnException {
    System.arraycopy(bytes, 0, parcel, filled, bytes.length);
    filled += bytes.length;
    if (id != null && filled == parcel.length) {
      whole(id);
    }
  }

  private void whole(Digest whole) throws CairnException {
    if (Sha256.of(parcel).equals(whole)) {
      arrival.take(parcel);
      taken++;
      if (!arrival.dropped()) {
        settle(whole);
      }
    } else {
      altered++;
    }
    PartialParcels.Partial partial = partials.get(whole);
    if (partial != null) {
      forget(partial);
    }
    id = null;
    parcel = new byte[0];
    filled = 0;
  }

  /** What is not carried on needs not come again. */
  private void settle(Digest whole) throws CairnException {
    passed.add(whole);
    holdings
        .store()
        .change(
            rows -> {
              if (!CarriedParcels.has(rows, whole)) {
                PassedParcels.add(rows, whole);
              }
            });
  }

  private void forget(PartialParcels.Partial partial) throws CairnException {
    partials.remove(partial.id());
    holdings.store().change(rows -> PartialParcels.remove(rows, partial));
  }

  /** Makes durable what came of a parcel that is not whole. */
  public void save() throws CairnException {
    if (id == null) {
      return;
    }
    Digest begun = id;
    // One that was evicted to make room for another is stored anew, from its first byte.
    PartialParcels.Partial stored = partials.get(begun);
    int durable = stored == null ? 0 : stored.sizeBytes();
    if (filled == durable) {
      return;
    }
    byte[] part = Arrays.copyOfRange(parcel, durable, filled);
    holdings.store().change(rows -> PartialParcels.add(rows, begun, part));
    partials.clear();
    partials.putAll(holdings.store().read(PartialParcels::all));
  }

  /** The parcel that was begun does not come. */
  public void abandon() throws CairnException {
    save();
    id = null;
    parcel = new byte[0];
    filled = 0;
  }

  /** Takes in again what waited for something that has come. */
  public void settleEarly() throws CairnException {
    arrival.takeEarlyOnes();
  }

  /** How many parcels were taken. */
  public int taken() {
    return taken;
  }

  /** How many were not what they were offered as, or altered before. */
  public int altered() {
    return altered + (arrival.isAltered() ? 1 : 0);
  }

  /** Whether there was no room to carry one. */
  public boolean isFull() {
    return arrival.isFull();
  }

  /** What came out of them. */
  public BundleImport result() throws CairnException {
    return arrival.taken();
  }
}
