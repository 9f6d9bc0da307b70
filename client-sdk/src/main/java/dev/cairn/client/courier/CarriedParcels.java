package dev.cairn.client.courier;

import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.List;

/** Parcels this device carries without knowing what is in them, bounded in number. */
final class CarriedParcels {

  /** A parcel on its way. */
  static final class Carried {
    private final Digest id;
    private final byte[] parcel;
    private final boolean offered;

    private Carried(Digest id, byte[] parcel, boolean offered) {
      this.id = id;
      this.parcel = parcel;
      this.offered = offered;
    }

    /** Hash of it. */
    Digest id() {
      return id;
    }

    /** As it was sealed. */
    byte[] bytes() {
      return parcel.clone();
    }

    /** Whether the server was asked to take it. */
    boolean offered() {
      return offered;
    }
  }

  private CarriedParcels() {}

  /** Keeps a parcel; returns whether it is new here. Without effect when too many are carried. */
  static boolean keep(SealedRows rows, byte[] parcel) throws CairnException {
    Digest id = Sha256.of(parcel);
    if (rows.get(Table.PARCEL, id.bytes()) != null
        || rows.count(Table.PARCEL) >= Limits.CARRIED_PARCELS_MAX) {
      return false;
    }
    write(rows, new Carried(id, parcel, false));
    return true;
  }

  /** Remembers that the server was asked. */
  static void offered(SealedRows rows, Carried carried) throws CairnException {
    write(rows, new Carried(carried.id(), carried.parcel, true));
  }

  /** Forgets a parcel that has arrived. */
  static void remove(SealedRows rows, Carried carried) throws CairnException {
    rows.delete(Table.PARCEL, carried.id().bytes());
  }

  private static void write(SealedRows rows, Carried carried) throws CairnException {
    rows.put(
        Table.PARCEL,
        carried.id().bytes(),
        new CborWriter().array(2).bool(carried.offered()).bytes(carried.parcel).toBytes());
  }

  /** All of them, in no useful order. */
  static List<Carried> all(SealedRows rows) throws CairnException {
    List<Carried> all = new ArrayList<>();
    rows.scan(
        Table.PARCEL, 0, row -> all.add(StoredForm.read("parcel", row, CarriedParcels::read)));
    return all;
  }

  private static Carried read(CborReader reader) throws CairnException {
    reader.arrayOf(2);
    boolean offered = reader.bool();
    byte[] parcel = reader.bytes(Limits.PARCEL_BYTES_MAX);
    return new Carried(Sha256.of(parcel), parcel, offered);
  }
}
