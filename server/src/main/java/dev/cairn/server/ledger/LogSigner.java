package dev.cairn.server.ledger;

import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;

/** Holds the keys of the logs. */
public interface LogSigner {

  /**
   * Signs. Whoever asks sees to it that no two checkpoints of one log contradict each other, and
   * that none leaves before it is durable.
   *
   * @throws StoreException if the log's key is not here
   */
  SignedCheckpoint sign(Checkpoint checkpoint) throws StoreException;

  /**
   * What others check a log's checkpoints with.
   *
   * @throws StoreException if the log's key is not here
   */
  LogKey logKey(LogOrigin origin) throws StoreException;
}
