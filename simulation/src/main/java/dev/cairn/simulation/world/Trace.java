package dev.cairn.simulation.world;

import dev.cairn.protocol.suite.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened, for whoever replays a world; ids and codes, no word of a report. */
public final class Trace {

  private final Sha256 hash = new Sha256();
  private final List<String> lines = new ArrayList<>();
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);

  /** Something happened. */
  void note(String line) {
    lines.add(line);
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    hash.update(bytes, 0, bytes.length);
  }

  /** Something went wrong, as it should. */
  void fault(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
    note("  fault " + fault);
  }

  /** All lines. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** How often what went wrong. */
  public Map<String, Long> faults() {
    Map<String, Long> named = new TreeMap<>();
    faults.forEach((fault, count) -> named.put(fault.name(), count));
    return named;
  }

  /** A hash over all lines; ends the trace. */
  public String end() {
    return hash.digest().toString();
  }
}
