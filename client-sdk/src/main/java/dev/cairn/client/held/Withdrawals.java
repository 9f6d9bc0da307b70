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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Bodies that were withdrawn: dropped when the erasure comes, and neither kept nor put back when
 * the body comes later. A body of this device's own stays until the log has it.
 *
 * <p>Anybody can write erasures, and all of them of one change. Remembered are those of devices
 * that ever coordinated; who becomes a coordinator later is looked up among the changes then. Each
 * is a row of its own which names the one before it, so that one more costs the same however many
 * there are.
 *
 * <p>What counts is for the merge to say and needs none of this: here only a body goes.
 */
public final class Withdrawals {

  private static final int OWN_BATCH = 512;

  private Withdrawals() {}

  /** An erasure, and where the one before it of the same change is. */
  private record Remembered(Label label, OptionalLong before) {}

  /** What is done with an erasure; answers whether to go on. */
  private interface Visitor {
    boolean visit(Label label) throws CairnException;
  }

  /** Follows a change that was just taken in or written, if it erases something. */
  public static void arrived(SealedRows rows, Change change, RosterState roster)
      throws CairnException {
    if (change.prefix().erases().isPresent()
        && roster.everCoordinated(change.prefix().device())
        && remember(rows, Label.of(change))) {
      drop(rows, Label.of(change), roster);
    }
  }

  /** Drops what a roster that has grown gives others the right to erase. */
  public static void rosterGrew(SealedRows rows, RosterState before, RosterState roster)
      throws CairnException {
    Set<DeviceId> coordinate = new HashSet<>();
    Set<DeviceId> erase = new HashSet<>();
    for (DeviceId device : roster.everCoordinators()) {
      if (!before.everCoordinated(device)) {
        coordinate.add(device);
      }
      if (mayErase(device, roster) && !mayErase(device, before)) {
        erase.add(device);
      }
    }
    if (!coordinate.isEmpty()) {
      for (Label label : erasuresBy(rows, coordinate)) {
        remember(rows, label);
      }
    }
    if (!erase.isEmpty()) {
      for (Label label : labelsOf(rows, erase)) {
        drop(rows, label, roster);
      }
    }
  }

  private static List<Label> erasuresBy(SealedRows rows, Set<DeviceId> devices)
      throws CairnException {
    List<Label> erasures = new ArrayList<>();
    List<Change> batch = OwnChanges.from(rows, 0, OWN_BATCH);
    while (!batch.isEmpty() && devices.contains(batch.get(0).prefix().device())) {
      long next = 0;
      for (Change change : batch) {
        addErasure(erasures, change, devices);
        next = change.prefix().sequence() + 1;
      }
      batch = OwnChanges.from(rows, next, OWN_BATCH);
    }
    OthersChanges.scan(
        rows,
        0,
        change -> {
          addErasure(erasures, change, devices);
          return true;
        });
    return erasures;
  }

  private static void addErasure(List<Label> erasures, Change change, Set<DeviceId> devices) {
    if (change.prefix().erases().isPresent() && devices.contains(change.prefix().device())) {
      erasures.add(Label.of(change));
    }
  }

  private static List<Label> labelsOf(SealedRows rows, Set<DeviceId> devices)
      throws CairnException {
    List<Label> labels = new ArrayList<>();
    rows.scan(
        Table.ERASURE,
        0,
        row -> {
          Label label = StoredForm.read("erasure", row, Withdrawals::read).label();
          if (devices.contains(label.device())) {
            labels.add(label);
          }
          return true;
        });
    return labels;
  }

  /** The change as it may be kept: without its body, if something held withdraws that. */
  public static Change kept(SealedRows rows, Change change, RosterState roster)
      throws CairnException {
    if (!change.ciphertext().isPresent()) {
      return change;
    }
    Label target = Label.of(change);
    boolean stays =
        visit(
            rows, change.id(), label -> !mayErase(label.device(), roster) || !label.erases(target));
    return stays ? change : change.withoutCiphertext();
  }

  /**
   * Whether the log may have let go of a body: an erasure of it is held, by somebody who was a
   * coordinator at some time.
   */
  static boolean isErased(SealedRows rows, Change target, RosterState roster)
      throws CairnException {
    Label label = Label.of(target);
    return !visit(
        rows,
        target.id(),
        erasure -> !roster.everCoordinated(erasure.device()) || !erasure.erases(label));
  }

  /**
   * Whether a body may go on this device's word. What a suspended one wrote while it was good still
   * counts in the merge; but a body that is gone does not come back, so it stays.
   */
  private static boolean mayErase(DeviceId device, RosterState roster) {
    return roster.mayDecide(device) && !roster.isSuspended(device);
  }

  private static void drop(SealedRows rows, Label label, RosterState roster) throws CairnException {
    ChangeId erased = label.erasesOrNull();
    if (erased == null || !mayErase(label.device(), roster)) {
      return;
    }
    Optional<OthersChanges.Place> place = OthersChanges.place(rows, erased);
    Long number = place.map(OthersChanges.Place::numberOrNull).orElse(null);
    if (number != null) {
      Change row = OthersChanges.at(rows, number).orElse(null);
      if (row != null && row.ciphertext().isPresent() && label.erases(Label.of(row))) {
        rows.destroys(Table.CHANGE, number);
        OthersChanges.put(rows, number, row.withoutCiphertext());
        ErasedBody.drop(rows, row);
      }
    }
    if (place.isPresent() && erases(rows, label, erased, place.get())) {
      ErasedBody.forgetMessage(rows, erased);
    }
    OptionalLong own = OwnChanges.sequence(rows, erased);
    // No log takes a change without its body before it has the erasure, and that comes behind it.
    if (own.isPresent() && own.getAsLong() <= Progress.read(rows).receivedThrough()) {
      Change row = OwnChanges.at(rows, own.getAsLong()).orElse(null);
      if (row != null && row.ciphertext().isPresent() && label.erases(Label.of(row))) {
        rows.destroys(Table.OWN_CHANGE, own.getAsLong());
        OwnChanges.write(rows, row.withoutCiphertext());
        ErasedBody.drop(rows, row);
      }
    }
  }

  /** Whether it erases a change of which the place is kept, and perhaps nothing else. */
  private static boolean erases(
      SealedRows rows, Label label, ChangeId erased, OthersChanges.Place place)
      throws CairnException {
    boolean isErasure = rows.get(Table.FACT, key("erased by", erased)) != null;
    return !isErasure && label.audience().circles().containsAll(place.place().audience().circles());
  }

  /** Drops what was withdrawn of own changes before they were in the log, and is in it now. */
  public static void received(SealedRows rows, Iterable<ChangeId> changes, RosterState roster)
      throws CairnException {
    for (ChangeId id : changes) {
      if (newest(rows, id).isPresent()) {
        OptionalLong own = OwnChanges.sequence(rows, id);
        Change row = own.isPresent() ? OwnChanges.at(rows, own.getAsLong()).orElse(null) : null;
        if (row != null && row.ciphertext().isPresent()) {
          Change kept = kept(rows, row, roster);
          if (!kept.ciphertext().isPresent()) {
            rows.destroys(Table.OWN_CHANGE, own.getAsLong());
            OwnChanges.write(rows, kept);
            ErasedBody.drop(rows, row);
          }
        }
      }
    }
  }

  /** Returns whether it is news. */
  private static boolean remember(SealedRows rows, Label label) throws CairnException {
    ChangeId erased = Objects.requireNonNull(label.erasesOrNull());
    byte[] known = key("erased by", label.change());
    if (rows.get(Table.FACT, known) != null) {
      return false;
    }
    long place = rows.count(Table.ERASURE);
    rows.put(Table.ERASURE, place, bytes(label, erased, newest(rows, erased)));
    rows.put(Table.FACT, key("erasure of", erased), new CborWriter().uint(place).toBytes());
    rows.put(Table.FACT, known, new byte[0]);
    return true;
  }

  /** Visits the erasures of a change, the newest first; returns whether none ended the visit. */
  private static boolean visit(SealedRows rows, ChangeId erased, Visitor visitor)
      throws CairnException {
    OptionalLong place = newest(rows, erased);
    while (place.isPresent()) {
      byte[] row = rows.get(Table.ERASURE, place.getAsLong());
      if (row == null) {
        return true;
      }
      Remembered remembered = StoredForm.read("erasure", row, Withdrawals::read);
      if (!visitor.visit(remembered.label())) {
        return false;
      }
      place = remembered.before();
    }
    return true;
  }

  private static OptionalLong newest(SealedRows rows, ChangeId erased) throws CairnException {
    byte[] row = rows.get(Table.FACT, key("erasure of", erased));
    return row == null
        ? OptionalLong.empty()
        : OptionalLong.of(StoredForm.read("erasure of a change", row, CborReader::uint));
  }

  private static byte[] bytes(Label label, ChangeId erased, OptionalLong before) {
    CborWriter writer = new CborWriter().array(5);
    writer.bytes(label.change().bytes()).bytes(label.device().bytes());
    PlaceForm.write(writer, label.audience());
    writer.bytes(erased.bytes());
    StoredForm.write(writer, before);
    return writer.toBytes();
  }

  private static Remembered read(CborReader reader) throws CairnException {
    reader.arrayOf(5);
    Label label =
        new Label(
            ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)),
            DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)),
            PlaceForm.readAudience(reader),
            false,
            ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)));
    return new Remembered(label, StoredForm.readNumber(reader));
  }

  private static byte[] key(String what, ChangeId change) {
    return new CborWriter().array(2).text(what).bytes(change.bytes()).toBytes();
  }
}
