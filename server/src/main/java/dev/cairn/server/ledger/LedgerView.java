package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.StoredNode;
import dev.cairn.protocol.suite.Digest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One consistent moment of the store, for reading. For one thread; close it soon, because an old
 * moment costs the store room.
 */
public interface LedgerView extends AutoCloseable {

  /** Every space, oldest first. */
  List<SpaceId> spaces() throws StoreException;

  /** How far a space's log has come; empty if there is no such space. */
  Optional<LogHead> head(SpaceId space) throws StoreException;

  /** The log that waits to be the space's next generation, if one was made. */
  Optional<LogOrigin> waiting(SpaceId space) throws StoreException;

  /** A generation that ended, as it was then. */
  Optional<LogHead> ended(SpaceId space, long generation) throws StoreException;

  /** What stands aside of spaces that are being refilled. */
  RefillView refill();

  /** A signed checkpoint, if one of this size was ever signed in this generation. */
  Optional<byte[]> checkpoint(SpaceId space, long generation, long size) throws StoreException;

  /** The sizes at which checkpoints were signed in a generation, ascending. */
  List<Long> checkpointSizes(SpaceId space, long generation) throws StoreException;

  /** The smallest size above another at which a checkpoint was signed in a generation. */
  OptionalLong checkpointAfter(SpaceId space, long generation, long size) throws StoreException;

  /** The hash of a complete subtree. */
  Digest node(SpaceId space, long generation, int level, long index) throws StoreException;

  /** Hashes of the leaves from {@code first} on. */
  List<Digest> leaves(SpaceId space, long generation, long first, int count) throws StoreException;

  /** Place of a statement in the log. */
  OptionalLong position(SpaceId space, StatementId statement) throws StoreException;

  /** Place of a change in the log. */
  OptionalLong position(SpaceId space, ChangeId change) throws StoreException;

  /** All statements in the order of the log. */
  List<LogEntry.OfStatement> statements(SpaceId space) throws StoreException;

  /** A change, if it was accepted. */
  Optional<LogEntry.OfChange> change(SpaceId space, ChangeId id) throws StoreException;

  /** What a change says in the open, without the cost of its body. */
  Optional<Prefix> prefix(SpaceId space, ChangeId id) throws StoreException;

  /**
   * Changes of a device's feed from a sequence on, in its order, without their bodies; those of one
   * sequence in any.
   */
  List<Placed> feed(SpaceId space, DeviceId device, long fromSequence, int countMax)
      throws StoreException;

  /** Heads of a device's whole feed: changes that no other continues. */
  Set<ChangeId> heads(SpaceId space, DeviceId device) throws StoreException;

  /** Heads of a device's changes to exactly this audience. */
  Set<ChangeId> heads(SpaceId space, DeviceId device, Audience audience) throws StoreException;

  /** Whether a change is one of these heads: of an audience, or of the whole feed if null. */
  boolean isHead(SpaceId space, DeviceId device, @Nullable Audience audience, ChangeId change)
      throws StoreException;

  /** How many of these heads there are: of an audience, or of the whole feed if null. */
  int headCount(SpaceId space, DeviceId device, @Nullable Audience audience) throws StoreException;

  /**
   * Coordinators' changes in the log that name this one as erased: those that came before it and
   * drop its body, or those that drop nothing and may say why it has none.
   */
  List<ChangeId> erasuresAhead(SpaceId space, ChangeId erased, boolean drops) throws StoreException;

  /** Whether the body of a change was dropped. */
  boolean isErased(SpaceId space, ChangeId change) throws StoreException;

  /**
   * Entries in the order of the log.
   *
   * @param from place of the first, from 0
   * @param visitor returns false to have no more
   */
  void entries(SpaceId space, long from, EntryVisitor visitor) throws StoreException;

  /** What a device has stored in a space. */
  Usage usage(SpaceId space, DeviceId device) throws StoreException;

  /** Changes that name an attachment and were not erased, oldest first. */
  List<Naming> namings(SpaceId space, AttachmentId attachment) throws StoreException;

  /** Every attachment that some change names. */
  List<AttachmentId> attachments(SpaceId space) throws StoreException;

  /** What a one-time code creates; empty for an unknown or used one. */
  Optional<SpaceCode> code(Digest codeHash) throws StoreException;

  /** The space that a one-time code was used up for; empty if it was not used. */
  Optional<SpaceId> spaceOf(Digest codeHash) throws StoreException;

  /** Stored nodes of one generation in no particular order, for checking. */
  void nodes(SpaceId space, long generation, NodeVisitor visitor) throws StoreException;

  @Override
  void close();

  /** Takes entries one by one. */
  @FunctionalInterface
  interface EntryVisitor {
    /** Returns whether the next entry is wanted. */
    boolean visit(LogEntry entry) throws StoreException;
  }

  /** Takes nodes one by one. */
  @FunctionalInterface
  interface NodeVisitor {
    /** Takes one. */
    void visit(StoredNode node) throws StoreException;
  }

  /** A change and its place in the log. */
  record Placed(long position, Change change) {}

  /**
   * A change that names an attachment.
   *
   * @param sizeBytes the encrypted file's size as the change states it
   */
  record Naming(ChangeId change, DeviceId device, long sizeBytes) {}

  /**
   * What counts against a quota.
   *
   * @param changes number of changes
   * @param sizeBytes payloads, ciphertexts and attachments named
   */
  record Usage(long changes, long sizeBytes) {}

  /**
   * What a one-time code is good for.
   *
   * @param origin the log that waits for the space
   * @param expiresSeconds seconds since 1970
   */
  record SpaceCode(LogOrigin origin, long expiresSeconds) {}
}
