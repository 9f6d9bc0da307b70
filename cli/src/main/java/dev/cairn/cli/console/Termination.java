package dev.cairn.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that stays end in good order when the process is told to (SIGTERM, Ctrl-C): the
 * signal only asks, the command finishes its work, and the process ends with the command's own exit
 * code instead of the signal's.
 */
public final class Termination {

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.FAILED;

  private Termination() {}

  /** Begins to listen. */
  public static Termination expected() {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(new Thread(termination::linger, "cairn-termination"));
    return termination;
  }

  private void linger() {
    asked.countDown();
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /** Waits until the process is told to end. */
  public void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits no longer than this; whether the process was told to end. */
  public boolean await(long millis) {
    try {
      return asked.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Says that the work is finished, so that the process may end. */
  public int finish(int exit) {
    exitCode = exit;
    finished.countDown();
    return exit;
  }
}
