package dev.cairn.server.http;

import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Lets one piece of work run; who comes meanwhile is told to come again. Safe for many threads. */
final class OneAtATime {

  private final AtomicBoolean running = new AtomicBoolean();

  <T> Future<T> run(Supplier<Future<T>> work) {
    if (!running.compareAndSet(false, true)) {
      return Future.failedFuture(new ProblemException(Problem.SERVER_BUSY));
    }
    try {
      return work.get().onComplete(ignored -> running.set(false));
    } catch (RuntimeException e) {
      running.set(false);
      return Future.failedFuture(e);
    }
  }
}
