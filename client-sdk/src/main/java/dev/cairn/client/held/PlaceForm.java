package dev.cairn.client.held;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.FeedCbor;
import dev.cairn.protocol.feed.FeedPlace;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.limits.Limits;

/** How the place of a change, and an audience, stand in a row. */
final class PlaceForm {

  private PlaceForm() {}

  static void write(CborWriter writer, FeedPlace place) {
    writer.array(5).uint(place.sequence());
    write(writer, place.audience());
    writer.uint(place.audienceSequence()).bytes(place.session().bytes()).uint(place.nextIndex());
  }

  static FeedPlace read(CborReader reader) throws MalformedException {
    reader.arrayOf(5);
    return new FeedPlace(
        reader.uint(),
        readAudience(reader),
        reader.uint(),
        SessionId.of(reader.bytesExactly(SessionId.SIZE_BYTES)),
        (int) reader.uint(Limits.SESSION_INDEX_MAX + 1));
  }

  static void write(CborWriter writer, Audience audience) {
    writer.array(audience.circles().size());
    audience.circles().forEach(circle -> writer.bytes(circle.bytes()));
  }

  static Audience readAudience(CborReader reader) throws MalformedException {
    return FeedCbor.readAudience(reader);
  }

  static byte[] bytes(Audience audience) {
    CborWriter writer = new CborWriter();
    write(writer, audience);
    return writer.toBytes();
  }
}
