package dev.cairn.server.http;

import dev.cairn.protocol.id.DeviceId;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bounds how many requests one device has running, so that one cannot take all the memory. */
final class Turnstile {

  private final Map<DeviceId, Integer> inside = new ConcurrentHashMap<>();
  private final int countMax;

  Turnstile(int countMax) {
    this.countMax = countMax;
  }

  /** Counts a request until it ends; refuses it if too many are running. */
  void enter(DeviceId device, RoutingContext ctx) {
    if (inside.merge(device, 1, Integer::sum) > countMax) {
      leave(device);
      throw new ProblemException(Problem.TOO_MANY_REQUESTS);
    }
    ctx.addEndHandler(ignored -> leave(device));
  }

  private void leave(DeviceId device) {
    inside.computeIfPresent(device, (id, count) -> count == 1 ? null : count - 1);
  }
}
