package dev.cairn.protocol.feed;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.HpkeSealed;
import java.util.ArrayList;
import java.util.List;

/**
 * The values that stand both in a payload and, where they cannot be rebuilt, in a frame: written
 * and read here once, so that the two can never differ. Readers bound every list before they
 * allocate it; the order of lists is checked when the prefix is built.
 */
public final class FeedCbor {

  private FeedCbor() {}

  /** Writes a list of change ids. */
  public static void writeChanges(CborWriter writer, List<ChangeId> changes) {
    writer.array(changes.size());
    for (ChangeId change : changes) {
      writer.bytes(change.bytes());
    }
  }

  /** Reads a list of at most {@link Limits#CHANGE_PREVIOUS_MAX} change ids. */
  public static List<ChangeId> readChanges(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.CHANGE_PREVIOUS_MAX);
    List<ChangeId> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)));
    }
    return List.copyOf(changes);
  }

  /** Writes an audience. */
  public static void writeAudience(CborWriter writer, Audience audience) {
    writer.array(audience.circles().size());
    for (CircleId circle : audience.circles()) {
      writer.bytes(circle.bytes());
    }
  }

  /** Reads an audience, which must ascend. */
  public static Audience readAudience(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.AUDIENCE_CIRCLES_MAX);
    List<CircleId> circles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      circles.add(CircleId.of(reader.bytesExactly(CircleId.SIZE_BYTES)));
    }
    if (circles.isEmpty() || !Ascending.holds(circles)) {
      throw new MalformedException("audience is empty or does not ascend", reader.position());
    }
    return new Audience(circles);
  }

  /** Writes a list of statement ids. */
  public static void writeRosterHeads(CborWriter writer, List<StatementId> heads) {
    writer.array(heads.size());
    for (StatementId head : heads) {
      writer.bytes(head.bytes());
    }
  }

  /** Reads a list of at most {@link Limits#CHANGE_ROSTER_HEADS_MAX} statement ids. */
  public static List<StatementId> readRosterHeads(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.CHANGE_ROSTER_HEADS_MAX);
    List<StatementId> heads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      heads.add(StatementId.of(reader.bytesExactly(StatementId.SIZE_BYTES)));
    }
    return List.copyOf(heads);
  }

  /** Writes a checkpoint. */
  public static void writeCheckpoint(CborWriter writer, CheckpointRef checkpoint) {
    writer
        .array(3)
        .uint(checkpoint.generation())
        .uint(checkpoint.size())
        .bytes(checkpoint.root().bytes());
  }

  /** Reads a checkpoint. */
  public static CheckpointRef readCheckpoint(CborReader reader) throws MalformedException {
    reader.arrayOf(3);
    long generation = reader.uint();
    long size = reader.uint();
    return new CheckpointRef(generation, size, Digest.of(reader.bytesExactly(Digest.SIZE_BYTES)));
  }

  /** Writes a list of attachments. */
  public static void writeAttachments(CborWriter writer, List<AttachmentRef> attachments) {
    writer.array(attachments.size());
    for (AttachmentRef attachment : attachments) {
      writer.array(2).bytes(attachment.id().bytes()).uint(attachment.sizeBytes());
    }
  }

  /** Reads a list of 1 to {@link Limits#CHANGE_ATTACHMENTS_MAX} attachments. */
  public static List<AttachmentRef> readAttachments(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.CHANGE_ATTACHMENTS_MAX);
    if (count == 0) {
      throw new MalformedException("empty list of attachments", reader.position());
    }
    List<AttachmentRef> attachments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      reader.arrayOf(2);
      AttachmentId id = AttachmentId.of(reader.bytesExactly(AttachmentId.SIZE_BYTES));
      attachments.add(new AttachmentRef(id, reader.uint(Limits.ATTACHMENT_FILE_BYTES_MAX)));
    }
    return List.copyOf(attachments);
  }

  /** Writes a list of openings. */
  public static void writeOpenings(CborWriter writer, List<Opening> openings) {
    writer.array(openings.size());
    for (Opening opening : openings) {
      writer
          .array(3)
          .bytes(opening.epoch().bytes())
          .bytes(opening.sealed().enc())
          .bytes(opening.sealed().ciphertext());
    }
  }

  /** Reads a list of 1 to {@link Limits#AUDIENCE_CIRCLES_MAX} openings. */
  public static List<Opening> readOpenings(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.AUDIENCE_CIRCLES_MAX);
    if (count == 0) {
      throw new MalformedException("empty list of openings", reader.position());
    }
    List<Opening> openings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      reader.arrayOf(3);
      EpochId epoch = EpochId.of(reader.bytesExactly(EpochId.SIZE_BYTES));
      byte[] enc = reader.bytesExactly(HpkeSealed.ENC_BYTES);
      byte[] ciphertext = reader.bytesExactly(Opening.CIPHERTEXT_BYTES);
      openings.add(new Opening(epoch, HpkeSealed.of(enc, ciphertext)));
    }
    return List.copyOf(openings);
  }
}
