package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedPlace;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes of other devices: the place of every one that was verified, so that each feed's chain can
 * be checked on, and the change itself where this device keeps it.
 */
public final class OthersChanges {

  private OthersChanges() {}

  /**
   * Where a change of another device stands.
   *
   * @param numberOrNull its number in the order of arrival; null if only its place is kept
   * @param place in its feed
   * @param position in the log, if it is known
   */
  public record Place(@Nullable Long numberOrNull, FeedPlace place, OptionalLong position) {}

  /** The place of a change that was verified. */
  public static Optional<Place> place(SealedRows rows, ChangeId change) throws CairnException {
    byte[] row = rows.get(Table.CHANGE_PLACE, change.bytes());
    return row == null
        ? Optional.empty()
        : Optional.of(StoredForm.read("place of a change", row, OthersChanges::readPlace));
  }

  private static Place readPlace(CborReader reader) throws CairnException {
    reader.arrayOf(3);
    OptionalLong number = StoredForm.readNumber(reader);
    OptionalLong position = StoredForm.readNumber(reader);
    return new Place(
        number.isPresent() ? number.getAsLong() : null, PlaceForm.read(reader), position);
  }

  /** Writes the place of a change. */
  public static void write(SealedRows rows, ChangeId change, Place place) throws CairnException {
    rows.put(Table.CHANGE_PLACE, change.bytes(), bytes(place));
  }

  private static byte[] bytes(Place place) {
    CborWriter writer = new CborWriter().array(3);
    Long number = place.numberOrNull();
    StoredForm.write(writer, number == null ? OptionalLong.empty() : OptionalLong.of(number));
    StoredForm.write(writer, place.position());
    PlaceForm.write(writer, place.place());
    return writer.toBytes();
  }

  /** Keeps a change, and answers its number. */
  public static long keep(SealedRows rows, Change change) throws CairnException {
    long number = Fact.KEPT.countOn(rows, Table.CHANGE);
    put(rows, number, change);
    return number;
  }

  /** Writes a change anew: its body came or went. */
  public static void put(SealedRows rows, long number, Change change) throws CairnException {
    rows.put(Table.CHANGE, number, ChangeForm.bytes(change));
  }

  /** How many are kept, by the count that is kept beside them: no row can go unnoticed. */
  public static long kept(SealedRows rows) throws CairnException {
    return Fact.KEPT.counted(rows);
  }

  /** The change at a number. */
  public static Optional<Change> at(SealedRows rows, long number) throws CairnException {
    byte[] row = rows.get(Table.CHANGE, number);
    return row == null
        ? Optional.empty()
        : Optional.of(StoredForm.read("change", row, ChangeForm::read));
  }

  /** A change that is kept here. */
  public static Optional<Change> change(SealedRows rows, ChangeId id) throws CairnException {
    Long number = place(rows, id).map(Place::numberOrNull).orElse(null);
    return number == null ? Optional.empty() : at(rows, number);
  }

  /** What a kept change of a device continues, in its feed or for its audience; else nothing. */
  static Set<ChangeId> continued(SealedRows rows, DeviceId device, ChangeId id)
      throws CairnException {
    Optional<Change> change = change(rows, id);
    Set<ChangeId> continued = new HashSet<>();
    if (change.isPresent() && change.get().prefix().device().equals(device)) {
      continued.addAll(change.get().prefix().previous());
      continued.addAll(change.get().prefix().audiencePrevious());
    }
    return continued;
  }

  /** Visits kept changes. */
  @FunctionalInterface
  public interface Visitor {
    /** Returns whether to go on. */
    boolean visit(Change change) throws CairnException;
  }

  /** Visits kept changes from a number on, in the order of arrival. */
  public static void scan(SealedRows rows, long from, Visitor visitor) throws CairnException {
    rows.scan(
        Table.CHANGE, from, row -> visitor.visit(StoredForm.read("change", row, ChangeForm::read)));
  }

  /** The heads of a device's changes to one audience, as far as they are held. */
  public static List<ChangeId> heads(SealedRows rows, DeviceId device, Audience audience)
      throws CairnException {
    byte[] row = rows.get(Table.ARRIVAL, headsKey(device, audience));
    return row == null
        ? List.of()
        : StoredForm.read("heads of an audience", row, StoredForm::readIds);
  }

  /** Writes these heads. */
  public static void writeHeads(
      SealedRows rows, DeviceId device, Audience audience, Iterable<ChangeId> heads)
      throws CairnException {
    List<ChangeId> list = new ArrayList<>();
    heads.forEach(list::add);
    CborWriter writer = new CborWriter();
    StoredForm.write(writer, list);
    rows.put(Table.ARRIVAL, headsKey(device, audience), writer.toBytes());
  }

  /**
   * Makes number, change and place fit each other again where rows were lost or put back: each
   * change once, under a number without gaps, with its place; a place without its change says so,
   * and gets one when the change comes again.
   */
  static void putInOrder(SealedRows rows) throws CairnException {
    Set<ChangeId> seen = new HashSet<>();
    long end = 0;
    for (long number : rows.numbers(Table.CHANGE, 0)) {
      Optional<Change> change = at(rows, number);
      if (!change.isPresent() || !seen.add(change.get().id())) {
        rows.delete(Table.CHANGE, number);
        continue;
      }
      if (number != end) {
        put(rows, end, change.get());
        rows.delete(Table.CHANGE, number);
      }
      Optional<Place> place = place(rows, change.get().id());
      write(
          rows,
          change.get().id(),
          new Place(
              end,
              FeedPlace.of(change.get().prefix()),
              place.map(Place::position).orElse(OptionalLong.empty())));
      end++;
    }
    long count = end;
    rows.replaceEach(Table.CHANGE_PLACE, row -> placed(rows, row, count));
    Fact.KEPT.put(rows, new CborWriter().uint(count).toBytes());
  }

  /** The row of a place, without its number if that is another change's or nobody's. */
  private static byte[] placed(SealedRows rows, byte[] row, long count) throws CairnException {
    Place place = StoredForm.read("place of a change", row, OthersChanges::readPlace);
    Long number = place.numberOrNull();
    if (number == null) {
      return row;
    }
    Optional<Change> change = number < count ? at(rows, number) : Optional.empty();
    boolean fits = change.isPresent() && FeedPlace.of(change.get().prefix()).equals(place.place());
    return fits ? row : bytes(new Place(null, place.place(), place.position()));
  }

  /** Forgets every place in the log: another log begins. */
  public static void forgetPositions(SealedRows rows) throws CairnException {
    rows.replaceEach(
        Table.CHANGE_PLACE,
        row -> {
          Place place = StoredForm.read("place of a change", row, OthersChanges::readPlace);
          return bytes(new Place(place.numberOrNull(), place.place(), OptionalLong.empty()));
        });
  }

  /** How many places name a number. */
  public static long numbered(SealedRows rows) throws CairnException {
    long[] count = {0};
    rows.scan(
        Table.CHANGE_PLACE,
        0,
        row -> {
          Place place = StoredForm.read("place of a change", row, OthersChanges::readPlace);
          count[0] += place.numberOrNull() == null ? 0 : 1;
          return true;
        });
    return count[0];
  }

  /** Finds the heads of every audience among the changes that are held. */
  static void findHeads(SealedRows rows, DeviceId self) throws CairnException {
    Map<DeviceId, Map<Audience, Set<ChangeId>>> all = new HashMap<>();
    Set<ChangeId> continued = new HashSet<>();
    scan(
        rows,
        0,
        change -> {
          continued.addAll(change.prefix().audiencePrevious());
          all.computeIfAbsent(change.prefix().device(), any -> new HashMap<>())
              .computeIfAbsent(change.prefix().audience(), any -> new TreeSet<>())
              .add(change.id());
          return true;
        });
    all.remove(self);
    for (Map.Entry<DeviceId, Map<Audience, Set<ChangeId>>> device : all.entrySet()) {
      for (Map.Entry<Audience, Set<ChangeId>> audience : device.getValue().entrySet()) {
        audience.getValue().removeAll(continued);
        writeHeads(rows, device.getKey(), audience.getKey(), audience.getValue());
      }
    }
  }

  private static byte[] headsKey(DeviceId device, Audience audience) {
    return new CborWriter()
        .array(3)
        .text("audience")
        .bytes(device.bytes())
        .raw(PlaceForm.bytes(audience))
        .toBytes();
  }
}
