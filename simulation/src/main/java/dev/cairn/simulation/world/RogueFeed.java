package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.LedgerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a rogue writes: with the real author of feeds, from wherever in its feed it likes, and as
 * often as it likes.
 */
final class RogueFeed {

  private static final long CLOCK_UNIT = 1 << 16;

  private final Stage stage;
  private final RosterState roster;
  private final SigningKey key;
  private final DeviceId id;
  private final RogueLink link;
  private final List<Change> sent = new ArrayList<>();
  private FeedMemory early = FeedMemory.empty();
  private FeedMemory taken = FeedMemory.empty();
  private FeedAuthor author;

  RogueFeed(Stage stage, RosterState roster, SigningKey key, RogueLink link) {
    this.stage = stage;
    this.roster = roster;
    this.key = key;
    this.id = DeviceId.of(key.verifyingKey().bytes());
    this.link = link;
    this.author = author(taken);
  }

  /** One of several histories, and who writes it on. */
  record Branch(FeedMemory taken, FeedAuthor author) {}

  private FeedAuthor author(FeedMemory from) {
    return new FeedAuthor(roster.space(), key, from, stage.chance);
  }

  /** Another history, the same so far. */
  Branch branch() {
    FeedMemory before = FeedMemory.over(taken);
    return new Branch(before, author(before));
  }

  /** Writes another history on from now; the one that it wrote so far. */
  Branch goOnWith(Branch other) {
    Branch before = new Branch(taken, author);
    taken = other.taken();
    author = other.author();
    return before;
  }

  /** What it writes next continues what was taken last, or what was taken first. */
  void startFrom(boolean last) {
    author = author(FeedMemory.over(last ? taken : early));
  }

  /** Goes on as if what was not taken had never been written. */
  void forget() {
    author = author(taken);
  }

  /** The time, as a clock that tells it. */
  long clock() {
    return stage.time.millis() * CLOCK_UNIT;
  }

  /** Writes one thing about a record, or in a new one. */
  List<Change> write(
      Optional<RecordId> record, List<ChangeId> parents, long clock, Operation operation) {
    return write(
        Content.of(
            new Body(
                record,
                1,
                record.isPresent() ? parents : List.of(),
                clock,
                0,
                List.of(operation))));
  }

  /** The same, pushed. */
  void say(Optional<RecordId> record, List<ChangeId> parents, long clock, Operation operation) {
    send(write(record, parents, clock, operation));
  }

  /** Writes a change for the coordinators, with its session before it if need be. */
  List<Change> write(Content content) {
    return write(roster.writingKey(roster.desk().orElseThrow()).orElseThrow(), content);
  }

  /** The same for those who read with a key. */
  List<Change> write(EpochKey epoch, Content content) {
    Audience audience = Audience.of(epoch.circle());
    List<EpochKey> epochs = List.of(epoch);
    Seen seen = Seen.of(roster.heads(), Optional.empty());
    List<Change> changes = new ArrayList<>();
    long now = stage.time.millis();
    if (author.needsSession(audience, epochs, now)) {
      changes.add(author.openSession(audience, epochs, seen, now));
    }
    Written written = author.write(audience, content, seen, now);
    changes.add(written.change());
    return changes;
  }

  /** Pushes changes, and remembers them if the server could be reached. */
  void send(List<Change> changes) {
    if (link.push(entries(changes))) {
      if (early.headCount() == 0) {
        changes.forEach(early::add);
      }
      changes.forEach(taken::add);
      sent.addAll(changes);
      changes.forEach(change -> stage.auditor.rogueSaid(id, change.id()));
    } else {
      forget();
    }
  }

  /** What it sent and the server has not: it lost it, or took it from nobody. */
  List<Change> lacking() throws CairnException {
    List<Change> lacking = new ArrayList<>();
    try (LedgerView view = stage.server.ledger().store().view()) {
      for (Change each : sent) {
        if (view.position(roster.space(), each.id()).isEmpty()) {
          lacking.add(each);
        }
      }
    }
    return lacking;
  }

  /**
   * Hands in again what the server lost. What it does not take then was never written: whatever
   * continued it would be taken as little, and nobody would have anything more to fear.
   */
  void catchUp() throws CairnException {
    List<Change> lacking = lacking();
    boolean answered = !lacking.isEmpty() && link.push(entries(lacking));
    if (!answered || isRefilling()) {
      return;
    }
    List<Change> refused = lacking();
    if (!refused.isEmpty()) {
      sent.removeAll(refused);
      taken = FeedMemory.empty();
      early = FeedMemory.empty();
      sent.forEach(taken::add);
      forget();
    }
  }

  private boolean isRefilling() {
    return !stage.server.isUp()
        || stage.server.ledger().snapshot(roster.space()).orElseThrow().isRefilling();
  }

  /** Changes as entries of a stream. */
  static List<byte[]> entries(List<Change> changes) {
    EntryWriter writer = new EntryWriter();
    List<byte[]> entries = new ArrayList<>();
    for (int from = 0; from < changes.size(); ) {
      int count = writer.fitting(changes.subList(from, changes.size()), 1 << 20);
      Frame frame = Frame.of(changes.subList(from, from + count));
      entries.add(writer.write(new Entry.OfFrame(frame, List.of())));
      from += count;
    }
    return entries;
  }
}
