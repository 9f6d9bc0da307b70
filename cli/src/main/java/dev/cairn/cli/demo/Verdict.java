package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the demo found, check by check; the JSON document it ends with. Safe for use by several
 * threads.
 */
final class Verdict {

  private final Narration narration;
  private final ObjectNode document = Output.object();
  private final Map<String, ObjectNode> replicas = new LinkedHashMap<>();
  private final ObjectNode receipts;
  private final ObjectNode kill;
  private final ArrayNode conflicts;
  private final ArrayNode attacks;
  private final ObjectNode input;
  private boolean ok = true;

  Verdict(Narration narration) {
    this.narration = narration;
    document.put("ok", false).put("seconds", 0);
    document.putArray("replicas");
    receipts = document.putObject("receipts").put("verified", 0).put("of", 0);
    kill = document.putObject("kill");
    kill.put("acknowledged", 0).put("inflight", 0).putNull("lost").putNull("duplicated");
    conflicts = document.putArray("conflicts");
    attacks = document.putArray("attacks");
    input = document.putObject("input").put("accepted", 0).put("refused", 0);
  }

  /** Notes a check; one that fails makes the whole demo fail. */
  synchronized boolean check(boolean passed, String what) {
    narration.check(passed, what);
    ok &= passed;
    return passed;
  }

  /** Notes what a desk has merged; what it had before is forgotten. */
  synchronized void replica(String name, String role, JsonNode digests) {
    ObjectNode replica = Output.object().put("name", name).put("role", role);
    replica.set("digests", digests);
    replicas.put(name, replica);
  }

  /** Notes that there is no such desk any more. */
  synchronized void lost(String name) {
    replicas.remove(name);
  }

  synchronized void receipts(long verified, long of) {
    receipts.put("verified", verified).put("of", of);
  }

  synchronized void kill(long acknowledged, long inflight) {
    kill.put("acknowledged", acknowledged).put("inflight", inflight);
  }

  synchronized void lossesOfKill(long lost, long duplicated) {
    kill.put("lost", lost).put("duplicated", duplicated);
  }

  synchronized void conflict(String record, String field, int values) {
    conflicts.addObject().put("record", record).put("field", field).put("values", values);
  }

  synchronized void attack(String name, boolean refused, String error) {
    attacks.addObject().put("name", name).put("refused", refused).put("error", error);
    check(refused, name + ": " + (error.isEmpty() ? "no error was named" : error));
  }

  synchronized void input(long accepted, long refused) {
    input.put("accepted", accepted).put("refused", refused);
  }

  /** Whether every check passed. */
  synchronized boolean ok() {
    return ok;
  }

  /** The document. */
  synchronized ObjectNode document(double seconds) {
    document.put("ok", ok).put("seconds", Math.round(seconds * 10) / 10.0);
    document.putArray("replicas").addAll(replicas.values());
    return document;
  }
}
