package dev.cairn.simulation.world;

import dev.cairn.protocol.suite.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The root of a tree over leaf hashes, straight from RFC 6962, section 2.1, and from nothing else.
 */
final class MerkleRoot {

  private MerkleRoot() {}

  static Digest of(List<Digest> leaves) {
    return Digest.of(root(leaves));
  }

  private static byte[] root(List<Digest> leaves) {
    if (leaves.isEmpty()) {
      return sha256().digest();
    }
    if (leaves.size() == 1) {
      return leaves.get(0).bytes();
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    MessageDigest hash = sha256();
    hash.update((byte) 1);
    hash.update(root(leaves.subList(0, split)));
    hash.update(root(leaves.subList(split, leaves.size())));
    return hash.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
