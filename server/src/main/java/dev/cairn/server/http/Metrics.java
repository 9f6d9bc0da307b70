package dev.cairn.server.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters in the Prometheus text format. Labels are route templates and statuses, nothing else.
 */
final class Metrics {

  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

  void request(String route, int status, long millis) {
    String labels = "{route=\"" + route + "\",status=\"" + status + "\"}";
    add("cairn_requests_total" + labels, 1);
    add("cairn_request_millis_total" + labels, millis);
  }

  void add(String name, long amount) {
    counters.computeIfAbsent(name, ignored -> new LongAdder()).add(amount);
  }

  String text() {
    StringBuilder out = new StringBuilder();
    new TreeMap<>(counters)
        .forEach((name, value) -> out.append(name).append(' ').append(value.sum()).append('\n'));
    return out.toString();
  }
}
