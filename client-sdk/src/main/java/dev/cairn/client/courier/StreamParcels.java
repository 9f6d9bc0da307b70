package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Puts entries into parcels for the same receivers, one stream each. A change goes into a parcel as
 * it was recorded; nothing is encrypted anew but the parcel.
 */
final class StreamParcels {

  private static final int CONTENT_BYTES_MAX = Limits.PARCEL_CONTENT_BYTES_MAX / 2;

  private final Holdings holdings;
  private final ParcelSink sink;
  private final List<EncryptionPublicKey> receivers;
  private EntryWriter writer = new EntryWriter();
  private ByteArrayOutputStream stream = new ByteArrayOutputStream();

  StreamParcels(Holdings holdings, ParcelSink sink, List<EncryptionPublicKey> receivers) {
    this.holdings = holdings;
    this.sink = sink;
    this.receivers = List.copyOf(receivers);
  }

  /** Adds a statement; false if it has no room. */
  boolean add(Statement statement) throws IOException {
    return add(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty()));
  }

  /**
   * Adds the first of these changes, as many as a frame holds.
   *
   * @return how many; 0 if not one has room
   */
  int add(List<Change> changes) throws IOException {
    int count = writer.fitting(changes, frameRoom());
    if (add(frame(changes, count))) {
      return count;
    }
    // In a parcel of its own less is left out: fewer changes may have room yet.
    count = writer.fitting(changes, frameRoom());
    return add(frame(changes, count)) ? count : 0;
  }

  private static Entry frame(List<Change> changes, int count) {
    return new Entry.OfFrame(Frame.of(changes.subList(0, count)), List.of());
  }

  private int frameRoom() {
    return Math.max(1, Math.min(room(), Limits.FRAME_BYTES_MAX));
  }

  /** How long a stream may be. */
  private int room() {
    return Math.min(CONTENT_BYTES_MAX, sink.contentRoom(receivers.size()));
  }

  /** Adds an entry; false if it has no room. */
  boolean add(Entry entry) throws IOException {
    byte[] written = writer.write(entry);
    if (stream.size() > 0 && stream.size() + written.length > room()) {
      // It was written against this stream's memory: in the next it is written anew.
      close();
      written = writer.write(entry);
    }
    if (stream.size() + written.length > room()) {
      writer = new EntryWriter();
      return false;
    }
    stream.write(written, 0, written.length);
    return true;
  }

  /** Seals what was added. */
  void close() throws IOException {
    if (stream.size() == 0) {
      return;
    }
    ParcelContent content =
        new ParcelContent.Changes(holdings.identity().space(), Encoded.of(stream.toByteArray()));
    stream = new ByteArrayOutputStream();
    writer = new EntryWriter();
    if (!sink.add(content, receivers)) {
      throw new IllegalStateException("a parcel outgrew its room");
    }
  }
}
