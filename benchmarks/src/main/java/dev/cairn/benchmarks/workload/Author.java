package dev.cairn.benchmarks.workload;

import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.Hlc;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device without a store: its keys and its feed, in memory, for load. What it writes is what a
 * device writes: sealed reports for the desk, under sessions of at most 256.
 */
public final class Author {

  private static final long START_MILLIS = 1_780_000_000_000L;
  private static final int REPORTS = 64;

  private final SigningKey key;
  private final EncryptionKey encryptionKey;
  private final Randomness randomness;
  private final List<List<Operation>> reports = new ArrayList<>();
  private Optional<FeedAuthor> feed = Optional.empty();
  private long written;

  /** A device with new keys. */
  public Author(Randomness randomness, long seed) {
    this.randomness = randomness;
    this.key = SigningKey.generate(randomness);
    this.encryptionKey = EncryptionKey.generate(randomness);
    Reports source = new Reports(seed);
    for (int i = 0; i < REPORTS; i++) {
      reports.add(source.next());
    }
  }

  /** What it signs with. */
  public SigningKey key() {
    return key;
  }

  /** What is sealed to it. */
  public EncryptionKey encryptionKey() {
    return encryptionKey;
  }

  /** Who it is. */
  public DeviceId id() {
    return DeviceId.of(key.verifyingKey().bytes());
  }

  /**
   * Writes so many changes, session statements among them.
   *
   * @param roster with the desk's circle
   */
  public List<Change> write(RosterState roster, int count) {
    CircleId desk = roster.desk().orElseThrow();
    Audience audience = Audience.of(desk);
    List<EpochKey> epochs = List.of(roster.writingKey(desk).orElseThrow());
    Seen seen = Seen.of(roster.heads(), Optional.empty());
    FeedAuthor author =
        feed.orElseGet(() -> new FeedAuthor(roster.space(), key, FeedMemory.empty(), randomness));
    feed = Optional.of(author);
    List<Change> changes = new ArrayList<>(count);
    while (changes.size() < count) {
      changes.add(
          author.needsSession(audience, epochs, 0)
              ? author.openSession(audience, epochs, seen, 0)
              : author.write(audience, Content.of(body()), seen, 0).change());
    }
    return changes;
  }

  private Body body() {
    List<Operation> report = reports.get((int) (written % REPORTS));
    long clock = Hlc.of(START_MILLIS + written++, 0);
    return new Body(Optional.empty(), RecordKind.INCIDENT.code(), List.of(), clock, 0, report);
  }
}
