package dev.cairn.cli.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a campaign came to; told as one line of JSON. */
final class Tally {

  private static final Path FOLDER = Path.of("target", "faults");

  private final String campaign;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final long beganNanos = System.nanoTime();
  private long runs;
  private long lastN;
  private long acknowledged;
  private long found;
  private long lost;
  private long doubled;
  private long fired;
  private int threadsMax;

  Tally(String campaign) {
    this.campaign = campaign;
  }

  /** One run with a fault at the n-th, and how it came out. */
  void run(long n, boolean hit, String outcome) {
    runs++;
    lastN = Math.max(lastN, n);
    fired += hit ? 1 : 0;
    outcomes.merge(outcome, 1, Integer::sum);
  }

  /** How many threads made calls of the kind that is counted. */
  void threads(int count) {
    threadsMax = Math.max(threadsMax, count);
  }

  /** What was acknowledged, of that found, and what is there twice or was never written. */
  void account(long told, long there, long surplus) {
    acknowledged += told;
    found += there;
    lost += told - there;
    doubled += surplus;
  }

  long fired() {
    return fired;
  }

  long lost() {
    return lost;
  }

  long doubled() {
    return doubled;
  }

  /** How each run came out. */
  Map<String, Integer> outcomes() {
    return outcomes;
  }

  /** Prints it and leaves it as a file. */
  void tell() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode line =
        mapper
            .createObjectNode()
            .put("campaign", campaign)
            .put("runs", runs)
            .put("last_n", lastN)
            .put("faults", fired)
            .put("acknowledged", acknowledged)
            .put("found", found)
            .put("lost", lost)
            .put("doubled", doubled);
    if (threadsMax > 0) {
      line.put("threads", threadsMax);
    }
    ObjectNode outcome = line.putObject("outcomes");
    outcomes.forEach(outcome::put);
    line.put("seconds", (System.nanoTime() - beganNanos) / 1_000_000_000);
    String json = mapper.writeValueAsString(line);
    System.out.println(json);
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve(campaign + ".json"), json + "\n", StandardCharsets.UTF_8);
  }
}
