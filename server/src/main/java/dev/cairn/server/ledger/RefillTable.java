package dev.cairn.server.ledger;

import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;

/** The same inside the transaction that writes. */
public interface RefillTable extends RefillView {

  /** Says that a space is being refilled, from nothing. */
  void begin(SpaceId space) throws StoreException;

  /** Notes the largest checkpoint that was shown. */
  void show(SpaceId space, byte[] note) throws StoreException;

  /** Notes that two histories were signed. */
  void fork(SpaceId space) throws StoreException;

  /** Adds a leaf that was proven. */
  void addLeaf(SpaceId space, long position, Digest leaf) throws StoreException;

  /** Keeps what a leaf stands for; what was kept for it before is replaced. */
  void put(SpaceId space, LogEntry entry) throws StoreException;

  /** Forgets what was kept for a leaf. */
  void remove(SpaceId space, long position) throws StoreException;

  /** Keeps the statement of a generation that was never opened here. */
  void addGeneration(SpaceId space, long number, Statement statement) throws StoreException;

  /** Forgets leaves and what was kept for them; the space is being refilled still. */
  void clear(SpaceId space) throws StoreException;

  /** Says that the space is not being refilled any more, and forgets everything else. */
  void end(SpaceId space) throws StoreException;
}
