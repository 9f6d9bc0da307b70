package dev.cairn.client.courier;

import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The beginnings of parcels that a cut kept from coming whole. Each is stored in parts, one for
 * each time that some of it was made durable; the parcel's hash says in the end whether they belong
 * together, whoever they came from.
 */
final class PartialParcels {

  private static final int FIELDS = 4;

  private PartialParcels() {}

  /** A beginning. */
  static final class Partial {
    private final Digest id;
    private final TreeMap<Integer, byte[]> parts = new TreeMap<>();
    private long order;

    Partial(Digest id) {
      this.id = id;
    }

    /** The parcel it is of. */
    Digest id() {
      return id;
    }

    /** How many parts it has. */
    int parts() {
      return parts.size();
    }

    /** All of it. */
    byte[] bytes() {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      parts.values().forEach(part -> joined.write(part, 0, part.length));
      return joined.toByteArray();
    }

    int sizeBytes() {
      return parts.values().stream().mapToInt(part -> part.length).sum();
    }
  }

  /** All of them. */
  static Map<Digest, Partial> all(SealedRows rows) throws CairnException {
    Map<Digest, Partial> all = new TreeMap<>();
    rows.scan(
        Table.PARTIAL_PARCEL,
        0,
        row -> {
          StoredForm.read("part of a parcel", row, reader -> read(reader, all));
          return true;
        });
    return all;
  }

  private static Partial read(CborReader reader, Map<Digest, Partial> all) throws CairnException {
    reader.arrayOf(FIELDS);
    Digest id = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
    Partial partial = all.computeIfAbsent(id, Partial::new);
    partial.order = reader.uint();
    int number = (int) reader.uint(Limits.PARCEL_BYTES_MAX);
    partial.parts.put(number, reader.bytes(Limits.PARCEL_BYTES_MAX));
    return partial;
  }

  /** Keeps the next part of a parcel; of too many parcels the oldest goes. */
  static void add(SealedRows rows, Digest id, byte[] part) throws CairnException {
    Map<Digest, Partial> all = all(rows);
    Partial partial = all.get(id);
    int number = partial == null ? 0 : partial.parts();
    long order = partial == null ? next(all) : partial.order;
    rows.put(
        Table.PARTIAL_PARCEL,
        key(id, number),
        new CborWriter()
            .array(FIELDS)
            .bytes(id.bytes())
            .uint(order)
            .uint(number)
            .bytes(part)
            .toBytes());
    if (partial == null && all.size() >= Limits.PARTIAL_PARCELS_MAX) {
      List<Partial> oldest = new ArrayList<>(all.values());
      oldest.sort(Comparator.comparingLong(each -> each.order));
      remove(rows, oldest.get(0));
    }
  }

  private static long next(Map<Digest, Partial> all) {
    return 1 + all.values().stream().mapToLong(each -> each.order).max().orElse(0);
  }

  /** Forgets one. */
  static void remove(SealedRows rows, Partial partial) throws CairnException {
    for (int number : partial.parts.keySet()) {
      rows.delete(Table.PARTIAL_PARCEL, key(partial.id, number));
    }
  }

  private static byte[] key(Digest id, int number) {
    return ByteBuffer.allocate(Digest.SIZE_BYTES + Integer.BYTES)
        .put(id.bytes())
        .putInt(number)
        .array();
  }
}
