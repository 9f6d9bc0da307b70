package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnstileTest {

  private final Turnstile turnstile = new Turnstile();
  private final List<Handler<Future<Void>>> ends = new ArrayList<>();

  private static DeviceId device(int number) {
    byte[] id = new byte[DeviceId.SIZE_BYTES];
    id[0] = (byte) number;
    return DeviceId.of(id);
  }

  /** A request of which only the end is of interest. */
  private RoutingContext request() {
    return request(null);
  }

  /** One that was cut while it was still being looked up who asks. */
  private RoutingContext cutRequest() {
    return request(true);
  }

  @SuppressWarnings("unchecked")
  private RoutingContext request(@Nullable Boolean over) {
    return (RoutingContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RoutingContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("addEndHandler")) {
                ends.add((Handler<Future<Void>>) arguments[0]);
                return ends.size();
              }
              if (method.getName().equals("get")) {
                return over;
              }
              return method.getName().equals("equals") ? proxy == arguments[0] : null;
            });
  }

  private void members(int count) {
    for (int i = 0; i < count; i++) {
      turnstile.enterMember(device(1), request());
    }
  }

  private void strangers(int count) {
    for (int i = 0; i < count; i++) {
      turnstile.enterStranger(device(i), request());
    }
  }

  @Test
  void member_atTheLimit_enters() {
    members(ServerLimits.DEVICE_REQUESTS_MAX);
    assertThat(ends).hasSize(ServerLimits.DEVICE_REQUESTS_MAX);
  }

  @Test
  void member_oneTooMany_refused() {
    assertThatThrownBy(() -> members(ServerLimits.DEVICE_REQUESTS_MAX + 1))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void member_afterOneEnded_enters() {
    members(ServerLimits.DEVICE_REQUESTS_MAX);
    ends.get(0).handle(Future.succeededFuture());
    members(1);
    assertThat(ends).hasSize(ServerLimits.DEVICE_REQUESTS_MAX + 1);
  }

  @Test
  void member_whoseRequestsWereCutBeforeTheyWereCounted_enters() {
    for (int i = 0; i <= ServerLimits.DEVICE_REQUESTS_MAX; i++) {
      turnstile.enterMember(device(1), cutRequest());
    }
    members(ServerLimits.DEVICE_REQUESTS_MAX);
    assertThat(ends).hasSize(ServerLimits.DEVICE_REQUESTS_MAX);
  }

  @Test
  void strangers_whoseRequestsWereCutBeforeTheyWereCounted_takeNoPlace() {
    for (int i = 0; i <= ServerLimits.STRANGERS_REQUESTS_MAX; i++) {
      turnstile.enterStranger(device(i), cutRequest());
    }
    strangers(ServerLimits.STRANGERS_REQUESTS_MAX);
    assertThat(ends).hasSize(ServerLimits.STRANGERS_REQUESTS_MAX);
  }

  @Test
  void strangers_eachWithAnotherKey_enterUpToTheLimit() {
    strangers(ServerLimits.STRANGERS_REQUESTS_MAX);
    assertThat(ends).hasSize(ServerLimits.STRANGERS_REQUESTS_MAX);
  }

  @Test
  void strangers_oneKeyTooMany_refused() {
    assertThatThrownBy(() -> strangers(ServerLimits.STRANGERS_REQUESTS_MAX + 1))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void stranger_afterOneEnded_enters() {
    strangers(ServerLimits.STRANGERS_REQUESTS_MAX);
    ends.get(0).handle(Future.succeededFuture());
    turnstile.enterStranger(device(99), request());
    assertThat(ends).hasSize(ServerLimits.STRANGERS_REQUESTS_MAX + 1);
  }
}
