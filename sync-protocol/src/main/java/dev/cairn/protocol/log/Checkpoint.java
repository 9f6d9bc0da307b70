package dev.cairn.protocol.log;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;

/**
 * A log's state at one size, by itself a mere claim; {@link SignedCheckpoint} is the proof that the
 * log made it.
 *
 * @param size leaves in the tree
 * @param root the tree's root
 */
public record Checkpoint(LogOrigin origin, long size, Digest root) {

  /**
   * @throws IllegalArgumentException if the size is out of bounds, or is 0 with another root than
   *     the empty tree's
   */
  public Checkpoint {
    if (!isPossible(size, root)) {
      throw new IllegalArgumentException("no checkpoint of size " + size);
    }
  }

  private static boolean isPossible(long size, Digest root) {
    return size >= 0
        && size <= Limits.LOG_LEAVES_MAX
        && (size > 0 || root.equals(TreeHash.EMPTY_ROOT));
  }

  /** The note's text: origin, decimal size and base64 of the root, a line each. */
  String text() {
    return origin.text() + '\n' + size + '\n' + StrictBase64.encode(root.bytes()) + '\n';
  }

  /** Reads such a text, and refuses extension lines, which nobody could hold the log to. */
  static Checkpoint parse(String text) throws MalformedException {
    int first = text.indexOf('\n');
    int second = text.indexOf('\n', first + 1);
    if (first < 0 || second < 0 || text.indexOf('\n', second + 1) != text.length() - 1) {
      throw new MalformedException("checkpoint: not three lines");
    }
    LogOrigin origin = LogOrigin.parse(text.substring(0, first));
    long size = size(text.substring(first + 1, second));
    byte[] root = StrictBase64.decode(text.substring(second + 1, text.length() - 1));
    if (root.length != Digest.SIZE_BYTES || !isPossible(size, Digest.of(root))) {
      throw new MalformedException("checkpoint: no root for that size");
    }
    return new Checkpoint(origin, size, Digest.of(root));
  }

  private static long size(String decimal) throws MalformedException {
    int digitsMax = Long.toString(Limits.LOG_LEAVES_MAX).length();
    if (decimal.isEmpty() || decimal.length() > digitsMax) {
      throw new MalformedException("checkpoint: no size");
    }
    long size = 0;
    for (int i = 0; i < decimal.length(); i++) {
      char c = decimal.charAt(i);
      if (c < '0' || c > '9' || (c == '0' && i == 0 && decimal.length() > 1)) {
        throw new MalformedException("checkpoint: no size");
      }
      size = 10 * size + (c - '0');
    }
    if (size > Limits.LOG_LEAVES_MAX) {
      throw new MalformedException("checkpoint: size out of bounds");
    }
    return size;
  }
}
