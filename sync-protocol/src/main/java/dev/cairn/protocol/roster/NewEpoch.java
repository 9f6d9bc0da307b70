package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.suite.EncryptionKey;

/**
 * An epoch just opened.
 *
 * @param statement to be sent out
 * @param key its private key, which the author holds if he is a member of the circle
 */
public record NewEpoch(Statement statement, EncryptionKey key) {

  /** The epoch's id. */
  public EpochId id() {
    return EpochId.of(statement.id().bytes());
  }
}
