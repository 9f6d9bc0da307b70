package dev.cairn.server.health;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether this process can still be trusted, and ends it when it cannot: a server without
 * memory or without its writer would go on to take requests and never answer them, and look well
 * from outside. Whoever supervises it starts it again; what was acknowledged is on the disk.
 *
 * <p>Safe for many threads.
 */
public final class Health {

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final Runnable end;
  private final AtomicBoolean lost = new AtomicBoolean();

  /**
   * Begins well.
   *
   * @param end ends the process at once, without waiting for any thread of it
   */
  public Health(Runnable end) {
    this.end = end;
  }

  /** Whether nothing has happened that this process cannot get over. */
  public boolean ok() {
    return !lost.get();
  }

  /**
   * Looks at whatever some work threw. Memory that ran out was missing to every thread, so that
   * nobody knows what else was left undone.
   *
   * @return whether the process is lost
   */
  public boolean isFatal(String where, Throwable fault) {
    if (fault instanceof OutOfMemoryError) {
      fatal(where, fault);
      return true;
    }
    return false;
  }

  /** Says what happened, once, and ends the process. */
  public void fatal(String where, Throwable fault) {
    if (!lost.compareAndSet(false, true)) {
      return;
    }
    try {
      LOG.error("fatal: {} in {}; the process ends", fault.getClass().getName(), where);
    } finally {
      // Also when there was no memory left to write that line.
      end.run();
    }
  }
}
