package dev.cairn.client.courier;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.suite.Digest;
import java.util.List;

/**
 * Where what a courier brings of the log goes. A log that is caught lying is remembered, its two
 * checkpoints are kept, and taking in goes on: a liar must not stop what others sent.
 */
public interface ReceiptIntake {

  /**
   * Takes a statement of the log's state for this device.
   *
   * @param note the signed checkpoint
   * @param consistency from a checkpoint this device showed or cited to this one; may be empty
   * @return how many changes and statements of this device are newly proven to be in the log
   */
  int logState(byte[] note, List<Digest> consistency) throws CairnException;

  /**
   * Takes a signed checkpoint that somebody else has seen.
   *
   * @param note the signed checkpoint
   */
  void shown(byte[] note) throws CairnException;

  /**
   * Takes a receipt, durable on return. One whose checkpoint cannot be held against the log yet
   * waits, and proves nothing until then.
   *
   * @param leaves the leaf hashes it proves, in the log's order
   * @return how many changes and statements of this device are newly proven to be in the log
   */
  int receipt(Receipt receipt, List<Digest> leaves) throws CairnException;

  /** How many leaves wait with their receipts for the log to account for a checkpoint. */
  long unreconciled() throws CairnException;
}
