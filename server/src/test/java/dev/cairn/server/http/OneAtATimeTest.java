package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.server.request.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {

  private final OneAtATime gate = new OneAtATime();

  @Test
  void second_whileTheFirstRuns_isToldToComeAgain() {
    Promise<String> first = Promise.promise();
    gate.run(first::future);
    assertThat(Problems.of(gate.run(() -> Future.succeededFuture("x")).cause()))
        .isEqualTo(Problem.SERVER_BUSY);
  }

  @Test
  void second_afterTheFirstFailed_runs() {
    gate.run(() -> Future.failedFuture("no"));
    assertThat(gate.run(() -> Future.succeededFuture("x")).result()).isEqualTo("x");
  }

  @Test
  void second_afterTheFirstThrew_runs() {
    gate.run(
        () -> {
          throw new IllegalStateException();
        });
    assertThat(gate.run(() -> Future.succeededFuture("x")).result()).isEqualTo("x");
  }
}
