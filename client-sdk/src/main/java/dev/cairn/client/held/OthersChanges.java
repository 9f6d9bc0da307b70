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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    CborWriter writer = new CborWriter().array(3);
    Long number = place.numberOrNull();
    StoredForm.write(writer, number == null ? OptionalLong.empty() : OptionalLong.of(number));
    StoredForm.write(writer, place.position());
    PlaceForm.write(writer, place.place());
    rows.put(Table.CHANGE_PLACE, change.bytes(), writer.toBytes());
  }

  /** Keeps a change, and answers its number. */
  public static long keep(SealedRows rows, Change change) throws CairnException {
    long number = Fact.KEPT.countOn(rows);
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
    byte[] row = rows.get(Table.FACT, headsKey(device, audience));
    return row == null
        ? List.of()
        : StoredForm.read("heads of an audience", row, StoredForm::readIds);
  }

  /** Writes these heads. */
  public static void writeHeads(
      SealedRows rows, DeviceId device, Audience audience, Iterable<ChangeId> heads)
      throws CairnException {
    List<ChangeId> list = new java.util.ArrayList<>();
    heads.forEach(list::add);
    CborWriter writer = new CborWriter();
    StoredForm.write(writer, list);
    rows.put(Table.FACT, headsKey(device, audience), writer.toBytes());
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
