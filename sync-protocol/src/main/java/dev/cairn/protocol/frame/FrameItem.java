package dev.cairn.protocol.frame;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.feed.FeedCbor;
import dev.cairn.protocol.feed.Opening;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.feed.Tail;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One item as it was read: the fields that were written, the others null or empty. */
final class FrameItem {

  /** The keys that were there, as bits of {@link ItemKey}. */
  int keys;

  @Nullable Long sequence;
  @Nullable List<ChangeId> previous;
  @Nullable Audience audience;
  @Nullable Long audienceSequence;
  @Nullable List<ChangeId> audiencePrevious;
  @Nullable SessionId session;
  @Nullable Integer index;
  @Nullable List<StatementId> rosterHeads;
  @Nullable CheckpointRef checkpoint;
  List<AttachmentRef> attachments = List.of();
  @Nullable Salt salt;
  List<Opening> openings = List.of();
  @Nullable ChangeId erases;
  @Nullable Digest commitment;
  @Nullable Ciphertext ciphertext;
  @Nullable Digest ciphertextHash;
  int ciphertextLength;
  @Nullable Signature signature;

  boolean has(int key) {
    return ItemKey.in(keys, key);
  }

  static FrameItem read(CborReader reader) throws MalformedException {
    FrameItem item = new FrameItem();
    int pairs = reader.mapHeader(ItemKey.SIGNATURE);
    for (int i = 0; i < pairs; i++) {
      long key = reader.mapKey();
      if (key < ItemKey.SEQUENCE || key > ItemKey.SIGNATURE) {
        throw new MalformedException("frame item: unknown key", reader.position());
      }
      item.keys |= ItemKey.bit((int) key);
      item.readValue((int) key, reader);
    }
    return item;
  }

  private void readValue(int key, CborReader reader) throws MalformedException {
    switch (key) {
      case ItemKey.SEQUENCE -> sequence = reader.uint(Limits.FEED_SEQUENCE_MAX);
      case ItemKey.PREVIOUS -> previous = FeedCbor.readChanges(reader);
      case ItemKey.AUDIENCE -> audience = FeedCbor.readAudience(reader);
      case ItemKey.AUDIENCE_SEQUENCE -> audienceSequence = reader.uint(Limits.FEED_SEQUENCE_MAX);
      case ItemKey.AUDIENCE_PREVIOUS -> audiencePrevious = FeedCbor.readChanges(reader);
      case ItemKey.SESSION -> session = SessionId.of(reader.bytesExactly(SessionId.SIZE_BYTES));
      case ItemKey.INDEX -> index = (int) reader.uint(Limits.SESSION_INDEX_MAX);
      case ItemKey.ROSTER_HEADS -> rosterHeads = FeedCbor.readRosterHeads(reader);
      case ItemKey.CHECKPOINT -> readCheckpoint(reader);
      case ItemKey.ATTACHMENTS -> attachments = FeedCbor.readAttachments(reader);
      case ItemKey.SALT -> salt = Salt.of(reader.bytesExactly(Salt.SIZE_BYTES));
      case ItemKey.OPENINGS -> openings = FeedCbor.readOpenings(reader);
      case ItemKey.ERASES -> erases = ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
      default -> readSealed(key, reader);
    }
  }

  private void readCheckpoint(CborReader reader) throws MalformedException {
    if (reader.nextIsNull()) {
      reader.nul();
    } else {
      checkpoint = FeedCbor.readCheckpoint(reader);
    }
  }

  private void readSealed(int key, CborReader reader) throws MalformedException {
    switch (key) {
      case ItemKey.COMMITMENT -> commitment = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
      case ItemKey.CIPHERTEXT ->
          ciphertext = Ciphertext.of(reader.bytes(Limits.CIPHERTEXT_BYTES_MAX));
      case ItemKey.CIPHERTEXT_HASH -> {
        reader.arrayOf(2);
        ciphertextHash = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
        ciphertextLength = (int) reader.uint(Limits.CIPHERTEXT_BYTES_MAX);
      }
      default -> signature = Signature.of(reader.bytesExactly(Signature.SIZE_BYTES));
    }
  }

  /** Writes these keys of a change, which {@link Elision} has chosen. */
  static void write(CborWriter writer, Change change, int keys) {
    Prefix prefix = change.prefix();
    writer.map(Integer.bitCount(keys));
    for (int key = ItemKey.SEQUENCE; key <= ItemKey.SIGNATURE; key++) {
      if (ItemKey.in(keys, key)) {
        writer.uint(key);
        writeValue(key, writer, change, prefix);
      }
    }
  }

  private static void writeValue(int key, CborWriter writer, Change change, Prefix prefix) {
    switch (key) {
      case ItemKey.SEQUENCE -> writer.uint(prefix.sequence());
      case ItemKey.PREVIOUS -> FeedCbor.writeChanges(writer, prefix.previous());
      case ItemKey.AUDIENCE -> FeedCbor.writeAudience(writer, prefix.audience());
      case ItemKey.AUDIENCE_SEQUENCE -> writer.uint(prefix.audienceSequence());
      case ItemKey.AUDIENCE_PREVIOUS -> FeedCbor.writeChanges(writer, prefix.audiencePrevious());
      case ItemKey.SESSION -> writer.bytes(prefix.session().bytes());
      case ItemKey.INDEX -> writer.uint(prefix.index().getAsInt());
      case ItemKey.ROSTER_HEADS -> FeedCbor.writeRosterHeads(writer, prefix.rosterHeads());
      case ItemKey.CHECKPOINT -> writeCheckpoint(writer, prefix);
      case ItemKey.ATTACHMENTS -> FeedCbor.writeAttachments(writer, prefix.attachments());
      case ItemKey.SALT -> writer.bytes(prefix.salt().bytes());
      case ItemKey.OPENINGS -> FeedCbor.writeOpenings(writer, prefix.openings());
      case ItemKey.ERASES -> writer.bytes(present(prefix.erases()).bytes());
      default -> writeSealed(key, writer, change);
    }
  }

  private static void writeCheckpoint(CborWriter writer, Prefix prefix) {
    if (prefix.checkpoint().isPresent()) {
      FeedCbor.writeCheckpoint(writer, prefix.checkpoint().get());
    } else {
      writer.nul();
    }
  }

  private static void writeSealed(int key, CborWriter writer, Change change) {
    switch (key) {
      case ItemKey.COMMITMENT -> writer.bytes(present(change.tail()).commitment().bytes());
      case ItemKey.CIPHERTEXT -> writer.bytes(present(change.ciphertext()).bytes());
      case ItemKey.CIPHERTEXT_HASH -> {
        Tail tail = present(change.tail());
        writer.array(2).bytes(tail.ciphertextHash().bytes()).uint(tail.ciphertextLength());
      }
      default -> writer.bytes(present(change.signature()).bytes());
    }
  }

  /** What {@link Elision} has seen to be there. */
  private static <T> T present(Optional<T> value) {
    return value.orElseThrow(() -> new IllegalStateException("key of a field that is absent"));
  }
}
