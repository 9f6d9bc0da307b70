package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.suite.HpkeSealed;

/**
 * A session's first key, sealed to one circle.
 *
 * @param epoch the circle's epoch it is sealed to
 * @param sealed the key, sealed to the epoch's public key
 */
public record Opening(EpochId epoch, HpkeSealed sealed) {

  /** Length of the sealed key with its tag, in bytes. */
  static final int CIPHERTEXT_BYTES = 48;
}
