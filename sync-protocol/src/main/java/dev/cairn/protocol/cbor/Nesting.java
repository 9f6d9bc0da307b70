package dev.cairn.protocol.cbor;

import dev.cairn.protocol.encoding.BytewiseOrder;
import dev.cairn.protocol.limits.Limits;

/**
 * The containers open around the current position: how many items each still waits for and, in a
 * map, the last key. Reader and writer share it, so that both keep the same rules.
 */
final class Nesting {

  private static final int NO_KEY = -1;

  private final int depthMax;
  private final boolean[] map = new boolean[Limits.CBOR_DEPTH_MAX];
  private final int[] missing = new int[Limits.CBOR_DEPTH_MAX];
  private final int[] keyFrom = new int[Limits.CBOR_DEPTH_MAX];
  private final int[] keyTo = new int[Limits.CBOR_DEPTH_MAX];
  private int depth;

  /** Begins inside {@code outerDepth} containers that somebody else keeps account of. */
  Nesting(int outerDepth) {
    this.depthMax = Limits.CBOR_DEPTH_MAX - outerDepth;
  }

  int depth() {
    return depth;
  }

  boolean full() {
    return depth == depthMax;
  }

  /** Whether the next item is the key of a map. */
  boolean atKey() {
    return depth > 0 && map[depth - 1] && missing[depth - 1] % 2 == 0;
  }

  /** Opens a container; the caller has asked {@link #full} and {@link #atKey}. */
  void open(boolean isMap, int items) {
    map[depth] = isMap;
    missing[depth] = items;
    keyFrom[depth] = NO_KEY;
    depth++;
    if (items == 0) {
      depth--;
      itemDone();
    }
  }

  /** Whether the encoded key in this slice sorts after the key before it. */
  boolean ascends(byte[] buffer, int from, int to) {
    int top = depth - 1;
    return keyFrom[top] == NO_KEY
        || BytewiseOrder.compare(buffer, keyFrom[top], keyTo[top], buffer, from, to) < 0;
  }

  /** Remembers a key for the next comparison; the slice must keep its place in the buffer. */
  void key(int from, int to) {
    keyFrom[depth - 1] = from;
    keyTo[depth - 1] = to;
  }

  /** Counts one complete item, and every container that it completes. */
  void itemDone() {
    while (depth > 0) {
      missing[depth - 1]--;
      if (missing[depth - 1] > 0) {
        return;
      }
      depth--;
    }
  }
}
