package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;

/**
 * The hash of one complete subtree, as a store keeps it: it never changes once the tree has reached
 * it, however far the tree grows.
 *
 * @param level height above the leaves, 0 for a leaf
 * @param index place within the level, from the left, 0 for the first
 */
public record StoredNode(int level, long index, Digest hash) {}
