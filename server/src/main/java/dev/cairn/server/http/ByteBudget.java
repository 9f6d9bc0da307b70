package dev.cairn.server.http;

import dev.cairn.server.limits.ServerLimits;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that requests hold in memory, all of them together. Who finds no room is refused, because
 * to wait for room while holding some is how everybody comes to wait for ever. Safe for many
 * threads; a share is for one.
 */
final class ByteBudget {

  private final long bytesMax;
  private final AtomicLong held = new AtomicLong();

  ByteBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** A budget for the bodies of admitted devices, in a heap of some size. */
  static ByteBudget ofHeap(long heapBytes) {
    return new ByteBudget(
        Math.max(ServerLimits.BODIES_BYTES_MIN, heapBytes / ServerLimits.HEAP_PARTS));
  }

  /** A budget beside this one, so that strangers cannot take the room of those who are in. */
  ByteBudget forStrangers() {
    return new ByteBudget(bytesMax / ServerLimits.STRANGERS_PARTS);
  }

  long heldBytes() {
    return held.get();
  }

  Share share() {
    return new Share();
  }

  /** What one request holds. */
  final class Share implements AutoCloseable {
    private long bytes;

    /** Sets what the request holds; false, and nothing changes, if that would be too much. */
    boolean resize(long to) {
      long added = to - bytes;
      if (held.addAndGet(added) > bytesMax && added > 0) {
        held.addAndGet(-added);
        return false;
      }
      bytes = to;
      return true;
    }

    @Override
    public void close() {
      resize(0);
    }
  }
}
