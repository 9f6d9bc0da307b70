package dev.cairn.server;

import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A device with its keys, which writes changes; they go to the desk unless said otherwise. */
final class TestDevice {

  final SigningKey key;
  final EncryptionKey encryptionKey;
  final DeviceId id;
  private final Randomness randomness;
  private FeedAuthor author;
  private FeedMemory feed = FeedMemory.empty();

  TestDevice(Randomness randomness) {
    this.randomness = randomness;
    this.key = SigningKey.generate(randomness);
    this.encryptionKey = EncryptionKey.generate(randomness);
    this.id = DeviceId.of(key.verifyingKey().bytes());
  }

  /** Notes to the desk: a session statement where one is needed, then a change for each. */
  List<Change> notes(RosterState roster, String... notes) {
    return notes(roster, List.of(roster.desk().orElseThrow()), notes);
  }

  List<Change> notes(RosterState roster, List<CircleId> circles, String... notes) {
    List<Change> changes = new ArrayList<>();
    for (String note : notes) {
      changes.addAll(write(roster, circles, Content.of(body(note))));
    }
    return changes;
  }

  List<Change> attaching(RosterState roster, AttachmentRef attachment) {
    return attaching(roster, List.of(roster.desk().orElseThrow()), attachment);
  }

  List<Change> attaching(RosterState roster, List<CircleId> circles, AttachmentRef attachment) {
    Content content = Content.of(body("photograph")).withAttachments(List.of(attachment));
    return write(roster, circles, content);
  }

  List<Change> erasing(RosterState roster, ChangeId erased) {
    List<CircleId> desk = List.of(roster.desk().orElseThrow());
    return write(roster, desk, Content.of(body("withdrawn")).erasing(erased));
  }

  private List<Change> write(RosterState roster, List<CircleId> circles, Content content) {
    if (author == null) {
      author = new FeedAuthor(roster.space(), key, feed, randomness);
    }
    Audience audience = Audience.of(circles);
    List<EpochKey> epochs = new ArrayList<>();
    for (CircleId circle : audience.circles()) {
      epochs.add(roster.writingKey(circle).orElseThrow());
    }
    Seen seen = Seen.of(roster.heads(), Optional.empty());
    List<Change> changes = new ArrayList<>();
    if (author.needsSession(audience, epochs, 0)) {
      changes.add(author.openSession(audience, epochs, seen, 0));
    }
    changes.add(author.write(audience, content, seen, 0).change());
    changes.forEach(feed::add);
    return changes;
  }

  /** Forgets everything after some change, as a phone restored from a backup does. */
  void restoreTo(SpaceId space, List<Change> held) {
    feed = FeedMemory.empty();
    held.forEach(feed::add);
    author = new FeedAuthor(space, key, feed, randomness);
  }

  static Body body(String note) {
    return new Body(Optional.empty(), 1, List.of(), 1L << 40, 0, List.of(new Operation.Note(note)));
  }
}
