package dev.cairn.server.ledger;

import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.StoredNode;
import dev.cairn.protocol.suite.Digest;
import java.util.List;

/**
 * The one transaction that writes. It sees its own writes; others see them after {@link #commit},
 * all of them or none. Closing without a commit undoes everything.
 */
public interface LedgerTransaction extends LedgerView {

  /**
   * Adds a one-time code. Only its hash is kept, so that the file cannot be used to create spaces.
   */
  void addCode(Digest codeHash, SpaceCode code) throws StoreException;

  /**
   * Begins a space and uses up the code that allowed it.
   *
   * @param begun its log, which is empty; of a space that moved here no earlier one was ever here
   */
  void addSpace(SpaceId space, LogHead begun, Digest codeHash) throws StoreException;

  /** Puts a statement into the log. */
  void addStatement(SpaceId space, LogEntry.OfStatement statement) throws StoreException;

  /** Puts a change into the log and moves the heads of its feed. */
  void addChange(SpaceId space, LogEntry.OfChange change) throws StoreException;

  /** Notes that a change names an attachment. */
  void addNaming(SpaceId space, AttachmentId attachment, Naming naming) throws StoreException;

  /** Sets what a device has stored. */
  void setUsage(SpaceId space, DeviceId device, Usage usage) throws StoreException;

  /**
   * Notes that a change names another as erased.
   *
   * @param drops whether the body of that one, which has not come yet, is dropped when it comes
   */
  void addErasureAhead(SpaceId space, ChangeId erased, ChangeId by, boolean drops)
      throws StoreException;

  /** Drops the ciphertext of a change; its payload and place stay. */
  void erase(SpaceId space, ChangeId change) throws StoreException;

  /** Stores subtrees that became complete. */
  void addNodes(SpaceId space, long generation, List<StoredNode> nodes) throws StoreException;

  /**
   * Moves the log's head and stores the checkpoint signed for its new size.
   *
   * @throws StoreException.Overtaken if the head is no longer {@code from}
   */
  void advance(SpaceId space, LogHead from, long size, byte[] checkpoint) throws StoreException;

  /** Says which log waits to be the space's next generation. */
  void setWaiting(SpaceId space, LogOrigin origin) throws StoreException;

  /**
   * Ends the present generation of a log and begins another with the leaves of the one before.
   *
   * @param to the new log, as large as it becomes; its leaves beyond {@code from} are added apart
   * @param checkpoint the first of the new log
   * @throws StoreException.Overtaken if the head is no longer {@code from}
   */
  void open(SpaceId space, LogHead from, LogHead to, byte[] checkpoint) throws StoreException;

  /** Makes every one-time code that was not used yet worthless. */
  void voidCodes() throws StoreException;

  @Override
  RefillTable refill();

  /** Makes everything durable. When this returns it survives a power cut. */
  void commit() throws StoreException;
}
