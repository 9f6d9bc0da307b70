package dev.cairn.client.courier;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.AttachmentId;
import java.util.Optional;

/**
 * Where the next small bundle begins, so that what had no room in one goes with the next. When all
 * of it has gone the next one begins anew, for what was carried may never have arrived.
 *
 * @param part which part of a bundle
 * @param number in it: a sequence, a parcel's number, an offset
 * @param id of an attachment; zeros elsewhere
 */
record BundlePlace(Part part, long number, AttachmentId id) {

  private static final int FIELDS = 3;
  private static final AttachmentId NONE = AttachmentId.of(new byte[AttachmentId.SIZE_BYTES]);

  /** Where a whole bundle begins. */
  static final BundlePlace START = new BundlePlace(Part.CHANGES, 0, NONE);

  /** The parts of a bundle, in the order in which they are written. */
  enum Part {
    /** What this device wrote. */
    CHANGES(0),
    /** What it wrote to single devices. */
    DEVICES(1),
    /** Parcels of others. */
    CARRIED(2),
    /** Files. */
    ATTACHMENTS(3);

    private final int place;

    Part(int place) {
      this.place = place;
    }
  }

  static BundlePlace at(Part part, long number) {
    return new BundlePlace(part, number, NONE);
  }

  static BundlePlace at(AttachmentId id, long offset) {
    return new BundlePlace(Part.ATTACHMENTS, offset, id);
  }

  /** Whether a part was written whole by the bundles before. */
  boolean isPast(Part other) {
    return part.place > other.place;
  }

  /** The number at which a part goes on. */
  long from(Part other) {
    return part == other ? number : 0;
  }

  static BundlePlace read(SealedRows rows) throws CairnException {
    byte[] row = Fact.BUNDLE.get(rows);
    return row == null ? START : StoredForm.read("bundle", row, BundlePlace::read);
  }

  private static BundlePlace read(CborReader reader) throws CairnException {
    reader.arrayOf(FIELDS);
    Part part = Part.values()[(int) reader.uint(Part.values().length - 1)];
    return new BundlePlace(
        part, reader.uint(), AttachmentId.of(reader.bytesExactly(AttachmentId.SIZE_BYTES)));
  }

  /** Remembers where the next bundle begins; nothing left: anew. */
  static void write(SealedRows rows, Optional<BundlePlace> left) throws CairnException {
    if (left.isPresent()) {
      BundlePlace place = left.get();
      CborWriter writer = new CborWriter().array(FIELDS).uint(place.part.place);
      Fact.BUNDLE.put(rows, writer.uint(place.number).bytes(place.id.bytes()).toBytes());
    } else {
      Fact.BUNDLE.delete(rows);
    }
  }
}
