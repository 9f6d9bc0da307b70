package dev.cairn.protocol.feed;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;

/** The map of PROTOCOL.md section 2; its keys stand here and nowhere else. */
final class PrefixCodec {

  private static final int SUITE = 1;
  private static final int SPACE = 2;
  private static final int DEVICE = 3;
  private static final int SEQUENCE = 4;
  private static final int PREVIOUS = 5;
  private static final int AUDIENCE = 6;
  private static final int AUDIENCE_SEQUENCE = 7;
  private static final int AUDIENCE_PREVIOUS = 8;
  private static final int SESSION = 9;
  private static final int INDEX = 10;
  private static final int ROSTER_HEADS = 11;
  private static final int CHECKPOINT = 12;
  private static final int ATTACHMENTS = 13;
  private static final int SALT = 14;
  private static final int OPENINGS = 15;
  private static final int ERASES = 16;

  /** Keys that stand in every prefix. */
  private static final int[] ALWAYS = {
    SUITE,
    SPACE,
    DEVICE,
    SEQUENCE,
    PREVIOUS,
    AUDIENCE,
    AUDIENCE_SEQUENCE,
    AUDIENCE_PREVIOUS,
    SESSION,
    ROSTER_HEADS,
    SALT
  };

  private PrefixCodec() {}

  static byte[] encode(Prefix prefix) {
    CborWriter writer = new CborWriter();
    writer.map(pairs(prefix));
    writer.uint(SUITE).uint(1);
    writer.uint(SPACE).bytes(prefix.space().bytes());
    writer.uint(DEVICE).bytes(prefix.device().bytes());
    writer.uint(SEQUENCE).uint(prefix.sequence());
    writer.uint(PREVIOUS);
    FeedCbor.writeChanges(writer, prefix.previous());
    writer.uint(AUDIENCE);
    FeedCbor.writeAudience(writer, prefix.audience());
    writer.uint(AUDIENCE_SEQUENCE).uint(prefix.audienceSequence());
    writer.uint(AUDIENCE_PREVIOUS);
    FeedCbor.writeChanges(writer, prefix.audiencePrevious());
    writer.uint(SESSION).bytes(prefix.session().bytes());
    writeRest(writer, prefix);
    return writer.toBytes();
  }

  private static void writeRest(CborWriter writer, Prefix prefix) {
    if (prefix.index().isPresent()) {
      writer.uint(INDEX).uint(prefix.index().getAsInt());
    }
    writer.uint(ROSTER_HEADS);
    FeedCbor.writeRosterHeads(writer, prefix.rosterHeads());
    if (prefix.checkpoint().isPresent()) {
      writer.uint(CHECKPOINT);
      FeedCbor.writeCheckpoint(writer, prefix.checkpoint().get());
    }
    if (!prefix.attachments().isEmpty()) {
      writer.uint(ATTACHMENTS);
      FeedCbor.writeAttachments(writer, prefix.attachments());
    }
    writer.uint(SALT).bytes(prefix.salt().bytes());
    if (prefix.opensSession()) {
      writer.uint(OPENINGS);
      FeedCbor.writeOpenings(writer, prefix.openings());
    }
    if (prefix.erases().isPresent()) {
      writer.uint(ERASES).bytes(prefix.erases().get().bytes());
    }
  }

  private static int pairs(Prefix prefix) {
    return ALWAYS.length
        + (prefix.index().isPresent() ? 1 : 0)
        + (prefix.checkpoint().isPresent() ? 1 : 0)
        + (prefix.attachments().isEmpty() ? 0 : 1)
        + (prefix.opensSession() ? 1 : 0)
        + (prefix.erases().isPresent() ? 1 : 0);
  }

  static Prefix read(CborReader reader) throws MalformedException, TooNewException {
    int pairs = reader.mapHeader();
    if (pairs == 0 || reader.mapKey() != SUITE) {
      throw new MalformedException("change prefix: suite is not first");
    }
    long suite = reader.uint();
    if (suite > 1) {
      throw new TooNewException("change", suite, 1);
    }
    if (suite < 1) {
      throw new MalformedException("change prefix: suite 0");
    }
    PrefixBuilder prefix = new PrefixBuilder();
    int seen = 1 << SUITE;
    for (int i = 1; i < pairs; i++) {
      long key = reader.mapKey();
      if (key > ERASES) {
        throw new MalformedException("change prefix: unknown key");
      }
      seen |= 1 << key;
      readValue(reader, (int) key, prefix);
    }
    for (int key : ALWAYS) {
      if ((seen & 1 << key) == 0) {
        throw new MalformedException("change prefix: key " + key + " is missing");
      }
    }
    return prefix.build();
  }

  private static void readValue(CborReader reader, int key, PrefixBuilder prefix)
      throws MalformedException {
    switch (key) {
      case SPACE -> prefix.space = SpaceId.of(reader.bytesExactly(SpaceId.SIZE_BYTES));
      case DEVICE -> prefix.device = DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES));
      case SEQUENCE -> prefix.sequence = reader.uint(Limits.FEED_SEQUENCE_MAX);
      case PREVIOUS -> prefix.previous = FeedCbor.readChanges(reader);
      case AUDIENCE -> prefix.audience = FeedCbor.readAudience(reader);
      case AUDIENCE_SEQUENCE -> prefix.audienceSequence = reader.uint(Limits.FEED_SEQUENCE_MAX);
      case AUDIENCE_PREVIOUS -> prefix.audiencePrevious = FeedCbor.readChanges(reader);
      case SESSION -> prefix.session = SessionId.of(reader.bytesExactly(SessionId.SIZE_BYTES));
      case INDEX -> prefix.index = (int) reader.uint(Limits.SESSION_INDEX_MAX);
      case ROSTER_HEADS -> prefix.rosterHeads = FeedCbor.readRosterHeads(reader);
      case CHECKPOINT -> prefix.checkpoint = FeedCbor.readCheckpoint(reader);
      case ATTACHMENTS -> prefix.attachments = FeedCbor.readAttachments(reader);
      case SALT -> prefix.salt = Salt.of(reader.bytesExactly(Salt.SIZE_BYTES));
      case OPENINGS -> prefix.openings = FeedCbor.readOpenings(reader);
      case ERASES -> prefix.erases = ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
      default -> throw new MalformedException("change prefix: unknown key");
    }
  }
}
