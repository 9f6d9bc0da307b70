package dev.cairn.server.http;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many requests a device has running, so that one cannot take all the memory. Devices
 * that are not admitted are counted together, because a key costs nothing. Safe for many threads.
 */
final class Turnstile {

  private final Map<DeviceId, Integer> members = new HashMap<>();
  private final Map<DeviceId, RoutingContext> strangers = new HashMap<>();

  /** Counts a request until it ends; refuses it if too many are running. */
  void enter(Caller caller, RoutingContext ctx) {
    if (caller.isIn()) {
      enterMember(caller.device(), ctx);
    } else {
      enterStranger(caller.device(), ctx);
    }
  }

  /** Counts a request of an admitted device. */
  synchronized void enterMember(DeviceId device, RoutingContext ctx) {
    int inside = members.getOrDefault(device, 0);
    if (inside >= ServerLimits.DEVICE_REQUESTS_MAX) {
      throw new ProblemException(Problem.TOO_MANY_REQUESTS);
    }
    members.put(device, inside + 1);
    Ending.then(ctx, () -> memberLeaves(device));
  }

  private synchronized void memberLeaves(DeviceId device) {
    members.computeIfPresent(device, (id, count) -> count == 1 ? null : count - 1);
  }

  /**
   * A device that is not admitted has one request. The newer takes the place of the older: whose
   * link died cannot be asked to wait until the server has noticed.
   */
  synchronized void enterStranger(DeviceId device, RoutingContext ctx) {
    RoutingContext before = strangers.get(device);
    if (before == null && strangers.size() >= ServerLimits.STRANGERS_REQUESTS_MAX) {
      throw new ProblemException(Problem.TOO_MANY_REQUESTS);
    }
    strangers.put(device, ctx);
    Ending.then(ctx, () -> strangerLeaves(device, ctx));
    if (before != null) {
      cut(before.request());
    }
  }

  private synchronized void strangerLeaves(DeviceId device, RoutingContext ctx) {
    strangers.remove(device, ctx);
  }

  private static void cut(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }
}
