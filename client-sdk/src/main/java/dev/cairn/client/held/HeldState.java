package dev.cairn.client.held;

import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.suite.Digest;
import java.util.Optional;

/**
 * Counts of a store.
 *
 * @param records records this device wrote to
 * @param changes held, its own and others'
 * @param pending what this device wrote and has no receipt for: changes, and statements it signed
 * @param forks devices whose feed has branches that nothing joins
 * @param checkpoint the last one that was verified
 * @param setDigest SHA-256 over the ids of all changes held, ascending
 */
public record HeldState(
    long records,
    long changes,
    long pending,
    long forks,
    Optional<CheckpointRef> checkpoint,
    Digest setDigest) {}
