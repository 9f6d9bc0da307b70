package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.roster.Statement;

/** One leaf of a space's log with what is stored for it. */
public sealed interface LogEntry {

  /** Place in the log, from 0. */
  long position();

  /** A roster statement. */
  record OfStatement(long position, Statement statement) implements LogEntry {}

  /**
   * A change.
   *
   * @param frameEnd place of the last change accepted in the same frame: a signature that covers
   *     this change is no further away
   * @param change without ciphertext if that was erased, without signature if a later change of its
   *     frame covers it
   */
  record OfChange(long position, long frameEnd, Change change) implements LogEntry {}
}
