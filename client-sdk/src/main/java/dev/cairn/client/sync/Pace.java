package dev.cairn.client.sync;

import dev.cairn.protocol.limits.Limits;

/**
 * How much of a push may be on its way unanswered, and how large its frames are. After a link that
 * was cut it begins with one small entry and grows with every receipt, so that a link which carries
 * one frame before it dies has moved forward, and risks no more than that frame.
 */
final class Pace {

  private static final int WINDOW_BYTES_MAX = 256 * 1024;

  private final int frameBytes;
  private int windowBytes;

  private Pace(int frameBytes, int windowBytes) {
    this.frameBytes = frameBytes;
    this.windowBytes = windowBytes;
  }

  static Pace of(boolean careful) {
    return careful
        ? new Pace(Limits.SLOW_FRAME_BYTES_MAX, 1)
        : new Pace(Limits.FRAME_BYTES_MAX, WINDOW_BYTES_MAX);
  }

  /** Bytes of a frame. */
  int frameBytes() {
    return frameBytes;
  }

  /** With so many bytes on their way, an answer is waited for before more is sent. */
  int windowBytes() {
    return windowBytes;
  }

  /** A receipt came. */
  void quicken() {
    int grown = Math.max(Limits.SLOW_FRAME_BYTES_MAX, 2 * windowBytes);
    windowBytes = Math.min(WINDOW_BYTES_MAX, grown);
  }
}
