package dev.cairn.protocol.feed;

import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A space with circles and their keys, all from one seed. */
public final class TestSpace {

  public final Random random;
  public final Randomness randomness;
  public final SpaceId space;
  private final Map<CircleId, EpochId> epochs = new HashMap<>();
  private final Map<EpochId, EncryptionKey> keys = new HashMap<>();

  public TestSpace(long seed) {
    random = new Random(seed);
    randomness = new SeededRandomness(seed + 1);
    space = SpaceId.of(randomness.bytes(SpaceId.SIZE_BYTES));
  }

  public SigningKey device() {
    return SigningKey.generate(randomness);
  }

  public CircleId circle() {
    CircleId circle = CircleId.of(randomness.bytes(CircleId.SIZE_BYTES));
    newEpoch(circle);
    return circle;
  }

  public Audience audience(int circles) {
    CircleId[] ids = new CircleId[circles];
    for (int i = 0; i < circles; i++) {
      ids[i] = circle();
    }
    return Audience.of(ids);
  }

  public void newEpoch(CircleId circle) {
    EpochId epoch = EpochId.of(randomness.bytes(EpochId.SIZE_BYTES));
    epochs.put(circle, epoch);
    keys.put(epoch, EncryptionKey.generate(randomness));
  }

  public List<EpochKey> epochs(Audience audience) {
    return audience.circles().stream()
        .map(
            circle ->
                new EpochKey(circle, epochs.get(circle), keys.get(epochs.get(circle)).publicKey()))
        .toList();
  }

  public EncryptionKey key(EpochId epoch) {
    return keys.get(epoch);
  }

  public FeedAuthor author(SigningKey device, FeedIndex index) {
    return new FeedAuthor(space, device, index, randomness);
  }

  public SessionKeys open(Change statement) throws Exception {
    CircleId circle = statement.prefix().audience().circles().get(0);
    return SessionOpening.open(statement, circle, key(SessionOpening.epoch(statement, circle)));
  }

  public Seen seen() {
    return Seen.of(
        List.of(StatementId.of(randomness.bytes(32)), StatementId.of(randomness.bytes(32))),
        Optional.of(new CheckpointRef(0, 1 + random.nextInt(1000), digest())));
  }

  public Digest digest() {
    return Digest.of(randomness.bytes(Digest.SIZE_BYTES));
  }

  public Body body(String note) {
    return new Body(
        Optional.empty(), 1, List.of(), 1L << 40, -5, List.of(new Operation.Note(note)));
  }

  public Body bodyAbout(RecordId record, String note) {
    return new Body(
        Optional.of(record), 1, List.of(), 1L << 40, 0, List.of(new Operation.Note(note)));
  }
}
