package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What this device has to send, packed for a courier: statements that wait, then every change
 * without a receipt. A change goes into a parcel as it was recorded; nothing is encrypted anew but
 * the parcel.
 */
final class OwnLoad {

  private static final int CHANGES_READ = 256;

  private final Holdings holdings;
  private final List<byte[]> parcels = new ArrayList<>();
  private EntryWriter writer = new EntryWriter();
  private ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final Set<CircleId> circles = new TreeSet<>();
  private long changes;

  private OwnLoad(Holdings holdings) {
    this.holdings = holdings;
  }

  static OwnLoad pack(Holdings holdings, SealedRows rows) throws CairnException {
    OwnLoad load = new OwnLoad(holdings);
    for (Statement statement : holdings.book().outbox()) {
      load.add(
          load.writer.write(
              new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty())));
    }
    long next = 1 + Progress.read(rows).receivedThrough();
    List<Change> waiting = OwnChanges.from(rows, next, CHANGES_READ);
    while (!waiting.isEmpty()) {
      load.frames(waiting);
      next = 1 + waiting.get(waiting.size() - 1).prefix().sequence();
      waiting = OwnChanges.from(rows, next, CHANGES_READ);
    }
    load.close();
    return load;
  }

  private void frames(List<Change> waiting) {
    int from = 0;
    while (from < waiting.size()) {
      List<Change> rest = waiting.subList(from, waiting.size());
      int count = writer.fitting(rest, Limits.FRAME_BYTES_MAX);
      List<Change> run = rest.subList(0, count);
      run.forEach(change -> circles.addAll(change.prefix().audience().circles()));
      add(writer.write(new Entry.OfFrame(Frame.of(run), List.of())));
      changes += count;
      from += count;
    }
  }

  private void add(byte[] entry) {
    if (stream.size() > 0 && stream.size() + entry.length > Limits.PARCEL_CONTENT_BYTES_MAX / 2) {
      // The entry was written against this stream's memory and goes with it; the next begins anew.
      stream.write(entry, 0, entry.length);
      close();
      return;
    }
    stream.write(entry, 0, entry.length);
  }

  private void close() {
    if (stream.size() == 0) {
      return;
    }
    parcels.add(
        Parcel.seal(
            new ParcelContent.Changes(
                holdings.identity().space(), Encoded.of(stream.toByteArray())),
            receivers(),
            holdings.host().randomness()));
    stream = new ByteArrayOutputStream();
    writer = new EntryWriter();
  }

  /** The server, and every circle it is for but devices' own: the coordinators' at least. */
  private List<EncryptionPublicKey> receivers() {
    List<EncryptionPublicKey> keys = new ArrayList<>();
    holdings.roster().bundleKey().ifPresent(keys::add);
    circles.add(holdings.desk());
    circles.remove(holdings.identity().ownCircle());
    for (CircleId circle : circles) {
      if (keys.size() < Limits.PARCEL_STANZAS_MAX) {
        holdings.roster().writingKey(circle).map(EpochKey::key).ifPresent(keys::add);
      }
    }
    return keys;
  }

  /** The parcels, in the order in which they should be opened. */
  List<byte[]> parcels() {
    return parcels;
  }

  /** How many changes are in them. */
  long changes() {
    return changes;
  }
}
