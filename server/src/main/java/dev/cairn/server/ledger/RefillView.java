package dev.cairn.server.ledger;

import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands aside of spaces that were restored from a backup, until it is in their logs again.
 */
public interface RefillView {

  /** Says that a space is being refilled; empty for one that is not. */
  Optional<Mark> mark(SpaceId space) throws StoreException;

  /** The leaf that was proven to stand at a position. */
  Optional<Digest> leaf(SpaceId space, long position) throws StoreException;

  /** Where a leaf is wanted. */
  OptionalLong place(SpaceId space, Digest leaf) throws StoreException;

  /** The leaves that are known, in the order of the log. */
  void leaves(SpaceId space, LeafVisitor visitor) throws StoreException;

  /** Whether what a leaf stands for was handed in, if without its body. */
  boolean isKept(SpaceId space, long position) throws StoreException;

  /** Whether what a leaf stands for was handed in, with its body if it has one. */
  boolean isWhole(SpaceId space, long position) throws StoreException;

  /** For how many leaves something was handed in. */
  long keptCount(SpaceId space) throws StoreException;

  /** What was handed in from a position on, in the order of the log. */
  List<LogEntry> entries(SpaceId space, long from, int countMax) throws StoreException;

  /** The statements among it. */
  List<Statement> statements(SpaceId space) throws StoreException;

  /** Statements of generations that were opened after the backup, by number. */
  List<Statement> generations(SpaceId space) throws StoreException;

  /**
   * A space that is being refilled.
   *
   * @param note the largest checkpoint that was shown
   * @param forked whether what was shown contradicts itself, or what is here
   */
  record Mark(Optional<byte[]> note, boolean forked) {}

  /** Takes leaves one by one. */
  @FunctionalInterface
  interface LeafVisitor {
    /**
     * Takes one.
     *
     * @param whole as of {@link RefillView#isWhole}
     */
    void visit(long position, boolean whole) throws StoreException;
  }
}
