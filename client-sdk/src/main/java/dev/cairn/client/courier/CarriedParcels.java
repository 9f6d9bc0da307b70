package dev.cairn.client.courier;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Parcels on their way through this device, in the order in which they came, bounded in number.
 * When there are too many, one that the server needs no more makes room, else one that was handed
 * on, else one of a version that neither this device nor its server knows, else one that waits for
 * what it continues, of which fewer may be here: {@link EarlyParcels}. At last one goes that the
 * server finds too early again and again.
 */
final class CarriedParcels {

  private static final int FIELDS = 7;

  /** What this device itself made of a parcel. */
  enum Here {
    /** It cannot open it. */
    CLOSED(0),
    /** It took in everything that was for it. */
    TAKEN(1),
    /** Something in it continues what has not come. */
    EARLY(2),
    /** It brought it from the server, as an answer to somebody else. */
    ANSWER(3);

    private final int code;

    Here(int code) {
      this.code = code;
    }
  }

  /** What became of a parcel that was to be kept. */
  enum Keeping {
    /** It was new. */
    FRESH,
    /** It was there. */
    KNOWN,
    /** There is no room. */
    FULL
  }

  /**
   * A parcel on its way, without its bytes.
   *
   * @param id hash of it
   * @param size length in bytes
   * @param number in the order of arrival
   * @param settled whether the server has no more to do with it
   * @param tries how often the server was offered it before its time
   * @param pause how many syncs it passes by
   * @param here what this device made of it
   */
  record Carried(
      Digest id, int size, long number, boolean settled, int tries, int pause, Here here) {

    /** Whether it waits for this device alone. */
    boolean isForThisDevice() {
      return settled && here == Here.EARLY;
    }

    /** The server refused it for good. */
    Carried asSettled() {
      return new Carried(id, size, number, true, 0, 0, here);
    }

    /** The server says that something before it is missing. */
    Carried asEarly() {
      int longer = Math.min(1 << Math.min(tries, 30), Limits.PARCEL_PAUSE_SYNCS_MAX);
      return new Carried(id, size, number, settled, tries + 1, longer - 1, here);
    }

    /** With another pause. */
    Carried paused(int value) {
      return new Carried(id, size, number, settled, tries, value, here);
    }

    private Carried asTaken() {
      return new Carried(id, size, number, settled, tries, pause, Here.TAKEN);
    }
  }

  private CarriedParcels() {}

  /** Keeps a parcel. */
  static Keeping keep(SealedRows rows, byte[] parcel, boolean settled, Here here)
      throws CairnException {
    Digest id = Sha256.of(parcel);
    if (has(rows, id)) {
      return Keeping.KNOWN;
    }
    if (rows.count(Table.CARRIED) >= Limits.CARRIED_PARCELS_MAX && !makeRoom(rows)) {
      return Keeping.FULL;
    }
    add(rows, id, parcel, settled, here);
    return Keeping.FRESH;
  }

  /**
   * Keeps answers to others, as many as there is room for: what anybody can have a server answer
   * costs neither what it was not handed yet nor an earlier answer.
   */
  static void keepAnswers(SealedRows rows, List<byte[]> answers) throws CairnException {
    Deque<Carried> settled = new ArrayDeque<>();
    if (rows.count(Table.CARRIED) + answers.size() > Limits.CARRIED_PARCELS_MAX) {
      settled.addAll(all(rows));
      settled.removeIf(
          one -> !one.settled() || one.here() == Here.EARLY || one.here() == Here.ANSWER);
    }
    for (byte[] answer : answers) {
      boolean isFull = rows.count(Table.CARRIED) >= Limits.CARRIED_PARCELS_MAX;
      if (isFull && settled.isEmpty()) {
        return;
      }
      Digest id = Sha256.of(answer);
      if (!has(rows, id)) {
        if (isFull) {
          remove(rows, settled.remove());
        }
        add(rows, id, answer, true, Here.ANSWER);
      }
    }
  }

  /**
   * Forgets the oldest that the server needs no more, else the oldest that was handed on. One of a
   * later version is never of no more use to the server, so that anybody could fill a device with
   * what only looks like it: once the server could not tell either, it makes room. So does at last
   * what waits here for its beginning, which anybody can make up; who wrote it brings it again. And
   * so does what the server finds too early most often, of equals the oldest: anybody can seal to
   * the server what nobody ever brings the beginning of, and it would be carried for ever. What the
   * server was never offered stays.
   */
  private static boolean makeRoom(SealedRows rows) throws CairnException {
    byte[] row = Fact.HANDED_ON.get(rows);
    long handedOn = row == null ? 0 : StoredForm.read("handed on", row, CborReader::uint);
    Carried least = null;
    Carried unknown = null;
    Carried early = null;
    Carried inVain = null;
    for (Carried carried : all(rows)) {
      if (carried.settled() && carried.here() != Here.EARLY) {
        remove(rows, carried);
        return true;
      }
      if (least == null && carried.number() < handedOn && carried.here() != Here.EARLY) {
        least = carried;
      }
      if (unknown == null && carried.tries() > 0 && isOfLaterVersion(rows, carried)) {
        unknown = carried;
      }
      if (early == null && carried.here() == Here.EARLY) {
        early = carried;
      }
      if (carried.tries() > (inVain == null ? 0 : inVain.tries())) {
        inVain = carried;
      }
    }
    least = least == null ? unknown : least;
    least = least == null ? early : least;
    least = least == null ? inVain : least;
    if (least != null) {
      remove(rows, least);
    }
    return least != null;
  }

  private static boolean isOfLaterVersion(SealedRows rows, Carried carried) throws CairnException {
    Optional<byte[]> parcel = parcel(rows, carried);
    return parcel.isPresent() && Parcel.isOfLaterVersion(parcel.get());
  }

  /** Remembers that every parcel before a number was handed on. */
  static void handedOn(SealedRows rows, long number) throws CairnException {
    byte[] row = Fact.HANDED_ON.get(rows);
    long before = row == null ? 0 : StoredForm.read("handed on", row, CborReader::uint);
    Fact.HANDED_ON.put(rows, new CborWriter().uint(Math.max(before, number)).toBytes());
  }

  /** Remembers what became of a parcel. */
  static void update(SealedRows rows, Carried changed) throws CairnException {
    if (has(rows, changed.id())) {
      write(rows, changed);
    }
  }

  /** Everything in it that is for this device was taken in. */
  static void taken(SealedRows rows, Carried carried) throws CairnException {
    if (carried.isForThisDevice()) {
      remove(rows, carried);
    } else {
      update(rows, carried.asTaken());
      Lacking.remove(rows, carried.id());
    }
  }

  /** Lets everything be offered again: what was missing may have come. */
  static void endPauses(SealedRows rows) throws CairnException {
    for (Carried carried : all(rows)) {
      if (carried.pause() > 0) {
        update(rows, carried.paused(0));
      }
    }
  }

  /** Forgets a parcel that has arrived. */
  static void remove(SealedRows rows, Carried carried) throws CairnException {
    remove(rows, carried.id());
  }

  /** The same by its hash. */
  static void remove(SealedRows rows, Digest id) throws CairnException {
    rows.delete(Table.PARCEL, id.bytes());
    rows.delete(Table.CARRIED, id.bytes());
    Lacking.remove(rows, id);
  }

  private static void add(SealedRows rows, Digest id, byte[] parcel, boolean settled, Here here)
      throws CairnException {
    rows.put(Table.PARCEL, id.bytes(), parcel);
    long number = Fact.CARRIED.countOn(rows);
    write(rows, new Carried(id, parcel.length, number, settled, 0, 0, here));
  }

  private static void write(SealedRows rows, Carried carried) throws CairnException {
    rows.put(
        Table.CARRIED,
        carried.id().bytes(),
        new CborWriter()
            .array(FIELDS)
            .bytes(carried.id().bytes())
            .uint(carried.size())
            .uint(carried.number())
            .bool(carried.settled())
            .uint(carried.tries())
            .uint(carried.pause())
            .uint(carried.here().code)
            .toBytes());
  }

  private static Carried read(CborReader reader) throws CairnException {
    reader.arrayOf(FIELDS);
    return new Carried(
        Digest.of(reader.bytesExactly(Digest.SIZE_BYTES)),
        (int) reader.uint(Limits.PARCEL_BYTES_MAX),
        reader.uint(),
        reader.bool(),
        (int) reader.uint(Integer.MAX_VALUE),
        (int) reader.uint(Integer.MAX_VALUE),
        Here.values()[(int) reader.uint(Here.values().length - 1)]);
  }

  /** All of them, in the order in which they came. */
  static List<Carried> all(SealedRows rows) throws CairnException {
    List<Carried> all = new ArrayList<>();
    rows.scan(
        Table.CARRIED, 0, row -> all.add(StoredForm.read("parcel", row, CarriedParcels::read)));
    all.sort(Comparator.comparingLong(Carried::number));
    return all;
  }

  /** Whether a parcel is among them. */
  static boolean has(SealedRows rows, Digest id) throws CairnException {
    return find(rows, id).isPresent();
  }

  /** How long each of them is, by id; the oldest first. */
  static Map<Digest, Integer> sizes(SealedRows rows) throws CairnException {
    return sizes(rows, carried -> true);
  }

  /** How long each of those is that wait here for what they continue, by id; the oldest first. */
  static Map<Digest, Integer> earlySizes(SealedRows rows) throws CairnException {
    return sizes(rows, carried -> carried.here() == Here.EARLY);
  }

  private static Map<Digest, Integer> sizes(SealedRows rows, Predicate<Carried> which)
      throws CairnException {
    Map<Digest, Integer> sizes = new LinkedHashMap<>();
    all(rows).stream().filter(which).forEach(one -> sizes.put(one.id(), one.size()));
    return sizes;
  }

  /** One of them; empty if it has arrived meanwhile. */
  static Optional<Carried> find(SealedRows rows, Digest id) throws CairnException {
    byte[] row = rows.get(Table.CARRIED, id.bytes());
    return row == null
        ? Optional.empty()
        : Optional.of(StoredForm.read("parcel", row, CarriedParcels::read));
  }

  /** The parcel as it was sealed; empty if it has arrived meanwhile. */
  static Optional<byte[]> parcel(SealedRows rows, Carried carried) throws CairnException {
    return Optional.ofNullable(rows.get(Table.PARCEL, carried.id().bytes()));
  }
}
