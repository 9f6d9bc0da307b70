package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What the server kept back from this device though the device may read it, as far as is known
 * here: for each of its circles the first leaf that was addressed to it, and the first of which
 * only the hash was told. Not yet a lie: the server goes by the statements in the log when it was
 * asked, and what is known here may be newer, or have come by hand.
 */
final class Unshown {

  private long since;
  private final Map<CircleId, Long> addressed = new TreeMap<>();
  private OptionalLong bare = OptionalLong.empty();

  /**
   * Begins with nothing.
   *
   * @param since leaves of the log that the server was known to have before it was asked for what
   *     is noted here
   */
  Unshown(long since) {
    this.since = since;
  }

  static Unshown read(SealedRows rows) throws CairnException {
    byte[] row = Fact.UNSHOWN.get(rows);
    return row == null ? new Unshown(0) : StoredForm.read("unshown", row, Unshown::read);
  }

  private static Unshown read(CborReader reader) throws CairnException {
    reader.arrayOf(3);
    Unshown unshown = new Unshown(reader.uint());
    unshown.bare = StoredForm.readNumber(reader);
    int count = reader.arrayHeader();
    for (int i = 0; i < count; i++) {
      reader.arrayOf(2);
      CircleId circle = CircleId.of(reader.bytesExactly(CircleId.SIZE_BYTES));
      unshown.addressed.put(circle, reader.uint());
    }
    return unshown;
  }

  void write(SealedRows rows) throws CairnException {
    CborWriter writer = new CborWriter().array(3).uint(since);
    StoredForm.write(writer, bare);
    writer.array(addressed.size());
    addressed.forEach((circle, position) -> writer.array(2).bytes(circle.bytes()).uint(position));
    Fact.UNSHOWN.put(rows, writer.toBytes());
  }

  /** How many leaves the server had at least, whenever it kept back what is noted here. */
  long since() {
    return since;
  }

  /** Circles, and the first leaf for each. */
  Map<CircleId, Long> addressed() {
    return addressed;
  }

  /** The first leaf of which only the hash was told. */
  OptionalLong bare() {
    return bare;
  }

  boolean isEmpty() {
    return addressed.isEmpty() && !bare.isPresent();
  }

  /** Notes leaves from a position on. */
  void add(Entry.Hidden hidden, long from) {
    long position = hidden.first();
    for (ChangeLeaf leaf : hidden.leaves()) {
      if (position >= from) {
        for (CircleId circle : leaf.audience().circles()) {
          addressed.putIfAbsent(circle, position);
        }
      }
      position++;
    }
  }

  /** Notes leaves from a position on. */
  void add(Entry.Leaves leaves, long from) {
    if (!bare.isPresent() && leaves.first() + leaves.leaves().size() > from) {
      bare = OptionalLong.of(Math.max(from, leaves.first()));
    }
  }

  /**
   * Forgets what is for circles that this device does not read: when it comes to read one of them,
   * the log is read again anyway.
   */
  void keepReadable(RosterState roster, DeviceId device) {
    addressed.keySet().removeIf(circle -> !roster.mayFetch(device, circle));
  }

  /** The server had so many leaves when it had answered; says nothing of what was noted before. */
  void answered(long size) {
    if (isEmpty()) {
      since = size;
    }
  }
}
