package dev.cairn.client.courier;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.suite.Digest;
import java.util.List;

/** Where receipts go, whichever way they came. */
public interface ReceiptIntake {

  /**
   * Takes a statement of the log's state.
   *
   * @param note the signed checkpoint
   * @param consistency from a checkpoint this device cited to this one; may be empty
   * @throws dev.cairn.client.sync.LyingServerException if it contradicts what was signed before
   */
  void logState(byte[] note, List<Digest> consistency) throws CairnException;

  /**
   * Takes a receipt, durable on return.
   *
   * @param leaves the leaf hashes it proves, in the log's order
   * @return how many changes and statements of this device it newly proves to be in the log; 0 if
   *     it proves nothing
   */
  int receipt(Receipt receipt, List<Digest> leaves) throws CairnException;
}
