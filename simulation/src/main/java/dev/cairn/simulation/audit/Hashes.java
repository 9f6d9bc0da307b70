package dev.cairn.simulation.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The auditor's own hashing: SHA-256 of the platform, and the tree of RFC 6962 as it is defined.
 */
final class Hashes {

  private Hashes() {}

  /** SHA-256 over pieces one after another. */
  static byte[] sha256(byte[]... pieces) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] piece : pieces) {
        digest.update(piece);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SHA-256 under a label. */
  static byte[] labelled(String label, byte[] value) {
    return sha256(label.getBytes(StandardCharsets.US_ASCII), new byte[1], value);
  }

  /** The leaf of a statement. */
  static byte[] leafOfStatement(byte[] payload) {
    return sha256(new byte[1], payload);
  }

  /** The leaf of a change: for whom it is, and what it is. */
  static byte[] leafOfChange(Collection<byte[]> audience, byte[] payload) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write(0x83);
    byte[] label = "cairn/1/change-leaf".getBytes(StandardCharsets.US_ASCII);
    data.write(0x60 + label.length);
    data.writeBytes(label);
    data.write(0x80 + audience.size());
    for (byte[] circle : audience) {
      data.write(0x50);
      data.writeBytes(circle);
    }
    data.write(0x58);
    data.write(32);
    data.writeBytes(sha256(payload));
    return sha256(new byte[1], data.toByteArray());
  }

  /** A byte string as CBOR. */
  static void writeBytes(ByteArrayOutputStream out, byte[] value) {
    int length = value.length;
    if (length < 24) {
      out.write(0x40 + length);
    } else if (length < 1 << 8) {
      out.write(0x58);
      out.write(length);
    } else if (length < 1 << 16) {
      out.write(0x59);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(0x5a);
      out.write(length >> 24);
      out.write(length >> 16);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(value);
  }

  /** Roots of the tree over leaves. */
  static final class Tree {
    private static final byte[] NODE = {1};
    private final List<byte[]> leaves;
    private final Map<Long, byte[]> whole = new HashMap<>();

    Tree(List<byte[]> leaves) {
      this.leaves = List.copyOf(leaves);
    }

    int size() {
      return leaves.size();
    }

    /** The root when there were so many leaves. */
    byte[] root(int size) {
      return size == 0 ? sha256() : root(0, size);
    }

    private byte[] root(int first, int count) {
      if (count == 1) {
        return leaves.get(first);
      }
      long name = ((long) first << 32) | count;
      byte[] known = whole.get(name);
      if (known == null) {
        int left = Integer.highestOneBit(count - 1);
        known = sha256(NODE, root(first, left), root(first + left, count - left));
        if (Integer.bitCount(count) == 1) {
          whole.put(name, known);
        }
      }
      return known;
    }
  }
}
