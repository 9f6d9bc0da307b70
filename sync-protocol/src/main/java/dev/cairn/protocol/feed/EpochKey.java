package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.suite.EncryptionPublicKey;

/**
 * What a writer seals a session to.
 *
 * @param circle a circle of the audience
 * @param epoch the newest epoch of it that the writer knows
 * @param key the epoch's public key
 */
public record EpochKey(CircleId circle, EpochId epoch, EncryptionPublicKey key) {}
