package dev.cairn.server.http;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.server.ledger.LogHead;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The query of a request: numbers, and the checkpoint its sender has seen. */
final class Query {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");
  private static final Pattern SEEN = Pattern.compile("(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,15})");

  private final MultiMap parameters;

  Query(RoutingContext ctx) {
    this.parameters = ctx.queryParams();
  }

  boolean has(String name) {
    return parameters.contains(name);
  }

  long number(String name) {
    String text = parameters.get(name);
    if (text == null || !NUMBER.matcher(text).matches()) {
      throw new ProblemException(Problem.REQUEST_MALFORMED);
    }
    return Long.parseLong(text);
  }

  long number(String name, long otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  ChangeId change(String name) {
    try {
      return ChangeId.parse(Objects.requireNonNullElse(parameters.get(name), ""));
    } catch (MalformedException e) {
      throw new ProblemException(Problem.REQUEST_MALFORMED);
    }
  }

  /**
   * Leaves of the checkpoint the sender has seen, 0 if none or of an earlier life of the log.
   * Whoever has seen more than there is must not be answered as if nothing were wrong: this server
   * has lost what it once signed.
   */
  long seenSize(LogHead head) {
    if (!has("seen")) {
      return 0;
    }
    Matcher seen = SEEN.matcher(parameters.get("seen"));
    if (!seen.matches()) {
      throw new ProblemException(Problem.REQUEST_MALFORMED);
    }
    long generation = Long.parseLong(seen.group(1));
    long size = Long.parseLong(seen.group(2));
    if (generation > head.generation() || (generation == head.generation() && size > head.size())) {
      throw new ProblemException(Problem.LOG_BEHIND);
    }
    return generation == head.generation() ? size : 0;
  }
}
