package dev.cairn.client;

import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes with a device's key and without its store, so that what it wrote can be taken in anywhere,
 * in any order, and nothing is known of it but what was taken in.
 */
final class TestWriter {

  /** Every change written, session statements too, each with its own signature. */
  final List<Change> changes = new ArrayList<>();

  /** What those with a body say. */
  final List<MergeChange> said = new ArrayList<>();

  private final FeedAuthor author;
  private final RosterState roster;
  private long clock = 1L << 40;

  TestWriter(Device device, RosterState roster, Randomness randomness) {
    this.roster = roster;
    this.author =
        new FeedAuthor(
            roster.space(),
            device.holdings().identity().signingKey(),
            FeedMemory.empty(),
            randomness);
  }

  Written opens(List<CircleId> circles, Operation... operations) {
    return write(null, List.of(), circles, null, operations);
  }

  Written says(RecordId record, List<ChangeId> seen, List<CircleId> to, Operation... operations) {
    return write(record, seen, to, null, operations);
  }

  Written write(
      @Nullable RecordId record,
      List<ChangeId> seen,
      List<CircleId> circles,
      @Nullable ChangeId erases,
      Operation... operations) {
    Audience audience = Audience.of(circles);
    List<EpochKey> epochs = new ArrayList<>();
    audience.circles().forEach(circle -> epochs.add(roster.writingKey(circle).orElseThrow()));
    Seen heads = Seen.of(roster.heads(), Optional.empty());
    if (author.needsSession(audience, epochs, 0)) {
      changes.add(author.openSession(audience, epochs, heads, 0));
    }
    clock += 1L << 16;
    Body body = new Body(Optional.ofNullable(record), 1, seen, clock, 0, List.of(operations));
    Content content = Content.of(body);
    Written written =
        author.write(audience, erases == null ? content : content.erasing(erases), heads, 0);
    changes.add(written.change());
    said.add(
        new MergeChange(
            written.change().id(),
            author.device(),
            written.record(),
            record == null,
            1,
            seen,
            clock,
            0,
            List.of(operations),
            erases));
    return written;
  }
}
