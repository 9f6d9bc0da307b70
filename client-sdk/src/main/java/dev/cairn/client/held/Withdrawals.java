package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bodies that were withdrawn: dropped when the erasure comes, and neither kept nor put back when
 * the body comes later. Erasures whose author has no right to erase are remembered too, because the
 * roster may still grow.
 *
 * <p>What counts is for the merge to say and needs none of this: here only a body goes.
 */
public final class Withdrawals {

  private Withdrawals() {}

  /** Follows a change that was just taken in or written, if it erases something. */
  public static void arrived(SealedRows rows, Change change, RosterState roster)
      throws CairnException {
    ChangeId erased = change.prefix().erases().orElse(null);
    if (erased == null) {
      return;
    }
    Label label = Label.of(change);
    List<Long> places = new ArrayList<>(places(rows, erased));
    long place = rows.count(Table.ERASURE);
    rows.put(Table.ERASURE, place, bytes(label, erased));
    places.add(place);
    CborWriter writer = new CborWriter().array(places.size());
    places.forEach(writer::uint);
    rows.put(Table.FACT, key(erased), writer.toBytes());
    drop(rows, label, roster);
  }

  /** Drops what a roster that has grown gives others the right to erase. */
  public static void rosterGrew(SealedRows rows, RosterState roster) throws CairnException {
    List<Label> labels = new ArrayList<>();
    rows.scan(
        Table.ERASURE, 0, row -> labels.add(StoredForm.read("erasure", row, Withdrawals::read)));
    for (Label label : labels) {
      drop(rows, label, roster);
    }
  }

  /** The change as it may be kept: without its body, if something held withdraws that. */
  public static Change kept(SealedRows rows, Change change, RosterState roster)
      throws CairnException {
    if (!change.ciphertext().isPresent()) {
      return change;
    }
    Label target = Label.of(change);
    for (long place : places(rows, change.id())) {
      byte[] row = rows.get(Table.ERASURE, place);
      if (row != null) {
        Label label = StoredForm.read("erasure", row, Withdrawals::read);
        if (mayErase(label, roster) && label.erases(target)) {
          return change.withoutCiphertext();
        }
      }
    }
    return change;
  }

  /**
   * Whether the log may have let go of a body: an erasure of it is held, by somebody who was a
   * coordinator at some time.
   */
  static boolean isErased(SealedRows rows, Change target, RosterState roster)
      throws CairnException {
    for (long place : places(rows, target.id())) {
      byte[] row = rows.get(Table.ERASURE, place);
      if (row != null) {
        Label label = StoredForm.read("erasure", row, Withdrawals::read);
        if (roster.everCoordinated(label.device()) && label.erases(Label.of(target))) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether a body may go on this device's word. What a suspended one wrote while it was good still
   * counts in the merge; but a body that is gone does not come back, so it stays.
   */
  private static boolean mayErase(Label label, RosterState roster) {
    return roster.mayDecide(label.device()) && !roster.isSuspended(label.device());
  }

  private static void drop(SealedRows rows, Label label, RosterState roster) throws CairnException {
    ChangeId erased = label.erasesOrNull();
    if (erased == null || !mayErase(label, roster)) {
      return;
    }
    Optional<OthersChanges.Place> place = OthersChanges.place(rows, erased);
    Long number = place.map(OthersChanges.Place::numberOrNull).orElse(null);
    if (number != null) {
      Change row = OthersChanges.at(rows, number).orElse(null);
      if (row != null && row.ciphertext().isPresent() && label.erases(Label.of(row))) {
        OthersChanges.put(rows, number, row.withoutCiphertext());
      }
    }
    OptionalLong own = OwnChanges.sequence(rows, erased);
    if (own.isPresent()) {
      Change row = OwnChanges.at(rows, own.getAsLong()).orElse(null);
      if (row != null && row.ciphertext().isPresent() && label.erases(Label.of(row))) {
        OwnChanges.write(rows, row.withoutCiphertext());
      }
    }
  }

  private static List<Long> places(SealedRows rows, ChangeId erased) throws CairnException {
    byte[] row = rows.get(Table.FACT, key(erased));
    return row == null ? List.of() : StoredForm.read("erasures", row, Withdrawals::readPlaces);
  }

  private static List<Long> readPlaces(CborReader reader) throws CairnException {
    int count = reader.arrayHeader();
    List<Long> places = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      places.add(reader.uint());
    }
    return places;
  }

  private static byte[] bytes(Label label, ChangeId erased) {
    CborWriter writer = new CborWriter().array(4);
    writer.bytes(label.change().bytes()).bytes(label.device().bytes());
    PlaceForm.write(writer, label.audience());
    return writer.bytes(erased.bytes()).toBytes();
  }

  private static Label read(CborReader reader) throws CairnException {
    reader.arrayOf(4);
    return new Label(
        ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)),
        DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)),
        PlaceForm.readAudience(reader),
        false,
        ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)));
  }

  private static byte[] key(ChangeId erased) {
    return new CborWriter().array(2).text("erasures of").bytes(erased.bytes()).toBytes();
  }
}
