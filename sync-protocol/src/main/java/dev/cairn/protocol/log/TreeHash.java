package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;

/**
 * The three hashes of an RFC 6962 Merkle tree (section 2.1; RFC 9162 section 2.1.1), with SHA-256.
 *
 * <p>Leaves and inner nodes are hashed under different first bytes. Without that, an inner node
 * could be passed off as the content of a leaf and a proof could be shortened by one level.
 */
public final class TreeHash {
  private static final byte[] LEAF = {0x00};
  private static final byte[] NODE = {0x01};

  /** The root of a tree without leaves: the hash of nothing. */
  public static final Digest EMPTY_ROOT = Sha256.of();

  private TreeHash() {}

  /** The hash that stands for {@code data} at level 0. */
  public static Digest leaf(byte[] data) {
    return Sha256.of(LEAF, data);
  }

  /** The hash of an inner node over its two children. */
  public static Digest node(Digest left, Digest right) {
    return Sha256.of(NODE, left.bytes(), right.bytes());
  }
}
