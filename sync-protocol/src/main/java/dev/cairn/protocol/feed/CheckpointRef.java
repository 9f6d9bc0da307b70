package dev.cairn.protocol.feed;

import dev.cairn.protocol.suite.Digest;

/**
 * The newest checkpoint an author had verified. Citing it nails the log's history into the feed: a
 * log that later shows another history has every author who cited it as a witness.
 *
 * @param generation the life of the log, from 0
 * @param size the number of leaves
 * @param root the hash of the tree over them
 */
public record CheckpointRef(long generation, long size, Digest root) {}
