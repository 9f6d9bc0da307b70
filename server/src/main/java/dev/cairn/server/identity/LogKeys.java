package dev.cairn.server.identity;

import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;

/** Signs checkpoints with the keys in the data directory. */
public final class LogKeys implements LogSigner {

  private final ServerIdentity identity;

  /** Keys of this server. */
  public LogKeys(ServerIdentity identity) {
    this.identity = identity;
  }

  @Override
  public SignedCheckpoint sign(Checkpoint checkpoint) throws StoreException {
    return SignedCheckpoint.sign(checkpoint, key(checkpoint.origin()));
  }

  @Override
  public LogKey logKey(LogOrigin origin) throws StoreException {
    return new LogKey(origin, key(origin).verifyingKey());
  }

  private SigningKey key(LogOrigin origin) throws StoreException {
    try {
      return identity.logKey(origin);
    } catch (IOException e) {
      throw new StoreException.Failed(e);
    }
  }
}
