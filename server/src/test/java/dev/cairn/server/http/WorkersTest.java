package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.server.health.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final Health health = new Health(() -> ended.complete(true));
  private final Vertx vertx = Vertx.vertx();
  private final Workers workers = new Workers(vertx, 1, health);

  @AfterEach
  void stop() {
    workers.close();
    vertx.close();
  }

  /** What becomes of work that throws. */
  private Throwable fault(Error thrown) throws Exception {
    Future<Object> future =
        workers.call(
            () -> {
              throw thrown;
            });
    return future
        .<Throwable>map(ignored -> new AssertionError("it did not fail"))
        .recover(Future::succeededFuture)
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void work_anyError_callerHears() throws Exception {
    Error thrown = new NoClassDefFoundError();
    assertThat(fault(thrown)).isSameAs(thrown);
    assertThat(health.ok()).isTrue();
  }

  @Test
  void work_withoutMemory_callerHearsAndTheProcessEnds() throws Exception {
    Error thrown = new OutOfMemoryError();
    assertThat(fault(thrown)).isSameAs(thrown);
    assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(health.ok()).isFalse();
  }
}
