package dev.cairn.server.http;

import dev.cairn.server.health.Health;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for everything that takes time: signatures, SQL, files. Their number and the queue before
 * them are bounded; what does not fit is refused at once, which a caller can handle, instead of
 * waiting without end, which he cannot.
 */
final class Workers implements AutoCloseable {

  private static final int QUEUE_MAX = 1024;
  private static final int CLOSE_SECONDS_MAX = 10;

  private final Vertx vertx;
  private final Health health;
  private final ThreadPoolExecutor threads;

  Workers(Vertx vertx, int threadCount, Health health) {
    this.vertx = vertx;
    this.health = health;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            threadCount,
            threadCount,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_MAX),
            work -> new Thread(work, "cairn-worker-" + number.incrementAndGet()));
  }

  /**
   * Runs work on one of the threads; the future completes on the caller's event loop, and fails
   * with a {@link RejectedExecutionException} if the queue is full.
   */
  <T> Future<T> call(Callable<T> work) {
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    try {
      threads.execute(() -> run(work, context, promise));
    } catch (RejectedExecutionException e) {
      promise.fail(e);
    }
    return promise.future();
  }

  private <T> void run(Callable<T> work, Context context, Promise<T> promise) {
    try {
      T result = work.call();
      context.runOnContext(ignored -> promise.complete(result));
    } catch (Throwable e) {
      // Whatever it is: a request that nobody answers keeps its body for ever.
      context.runOnContext(ignored -> promise.fail(e));
      health.isFatal("a worker", e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
