package dev.cairn.server.http;

import dev.cairn.server.limits.ServerLimits;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;

/**
 * What bodies may take: memory, and time.
 *
 * @param patienceMillis see {@link ServerLimits#PATIENCE_SECONDS}
 * @param members memory for bodies of admitted devices
 * @param strangers memory for all other bodies
 */
record BodyBounds(Vertx vertx, long patienceMillis, ByteBudget members, ByteBudget strangers) {

  /** Looks at the pace of a body after each span of time, and tells once if it is too slow. */
  Watch watch(BooleanSupplier keptUp, Runnable tooSlow) {
    Watch watch = new Watch(vertx);
    watch.timer =
        vertx.setPeriodic(
            patienceMillis,
            timer -> {
              if (!keptUp.getAsBoolean()) {
                watch.close();
                tooSlow.run();
              }
            });
    return watch;
  }

  /** Tells when one span of time is over. */
  Watch deadline(Runnable tooLate) {
    Watch watch = new Watch(vertx);
    watch.timer = vertx.setTimer(patienceMillis, timer -> tooLate.run());
    return watch;
  }

  /** A timer that is stopped when the body has come. */
  static final class Watch implements AutoCloseable {
    private final Vertx vertx;
    private long timer;

    private Watch(Vertx vertx) {
      this.vertx = vertx;
    }

    @Override
    public void close() {
      vertx.cancelTimer(timer);
    }
  }
}
