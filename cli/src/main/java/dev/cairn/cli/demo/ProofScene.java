package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything is checked: stores, receipts, what the crash could have lost, and that desks agree.
 */
final class ProofScene implements Scene {

  @Override
  public String title() {
    return "Checking everything";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    Findings found = new Findings();
    stage.sideBySide(
        List.of(
            () -> found.logged(server(stage)),
            () -> {
              check(stage, Cast.LINA, found);
              workshop.run(
                  stage.about(
                      Cast.LINA,
                      "export",
                      "--format",
                      "jsonl",
                      "--out",
                      workshop.at("export.jsonl")));
              digests(stage, Cast.LINA, found);
            },
            () -> {
              check(stage, Cast.KARIM, found);
              digests(stage, Cast.KARIM, found);
            },
            () -> {
              for (String reporter : Cast.REPORTERS) {
                check(stage, reporter, found);
              }
            }));
    proofs(stage, found);
    losses(stage);
    agreement(stage, found);
  }

  /** What the lanes found. Safe for use by several threads. */
  private static final class Findings {

    private final Map<String, JsonNode> digests = new HashMap<>();
    private long changes;
    private long verified;
    private long logged;

    synchronized void receipts(long proven, long made) {
      verified += proven;
      changes += made;
    }

    synchronized void logged(long leaves) {
      logged = leaves;
    }

    synchronized void digests(String desk, JsonNode document) {
      digests.put(desk, document);
    }

    synchronized JsonNode digests(String desk) {
      return digests.getOrDefault(desk, MissingNode.getInstance());
    }
  }

  private static void check(Stage stage, String name, Findings found) throws DemoFailure {
    Outcome outcome = stage.workshop().attemptOne(stage.about(name, "fsck"));
    JsonNode result = outcome.json();
    boolean sound = result.path("ok").asBoolean();
    stage.verdict().check(sound, "no problem found by: " + outcome.line());
    JsonNode checked = result.path("checked");
    found.receipts(sound ? checked.path("received").asLong() : 0, checked.path("changes").asLong());
  }

  private static void proofs(Stage stage, Findings found) {
    Verdict verdict = stage.verdict();
    verdict.receipts(found.verified, found.changes);
    verdict.check(
        found.changes > 0 && found.verified == found.changes,
        "a receipt proves each of the "
            + found.changes
            + " changes that anybody made: "
            + found.verified);
    verdict.check(
        found.logged == found.changes,
        "the log holds all " + found.changes + " changes, each once: " + found.logged);
  }

  /** How many changes its log holds. */
  private static long server(Stage stage) throws DemoFailure {
    stage.narration().command("kill -TERM " + stage.relay().pid());
    stage.verdict().check(stage.relay().stop() == 0, "the server drained and ended with exit 0");
    Outcome checked = stage.workshop().attemptOne(stage.about("server", "fsck"));
    stage
        .verdict()
        .check(checked.json().path("ok").asBoolean(), "the server's store is sound after the kill");
    stage.relay(Relay.start(stage.workshop(), stage.narration(), stage.serveAgain()));
    return checked.json().path("checked").path("changes").asLong();
  }

  /** Holds the export of a desk against every record anybody was told is recorded. */
  private static void losses(Stage stage) throws DemoFailure, IOException {
    Map<String, Integer> byRecord = new HashMap<>();
    Map<String, Integer> byCode = new HashMap<>();
    for (String line :
        Files.readAllLines(stage.workshop().path("export.jsonl"), StandardCharsets.UTF_8)) {
      JsonNode record = new Outcome("export", 0, line, "").json();
      byRecord.merge(record.path("cairn").path("record").asText(), 1, Integer::sum);
      if (record.path("code").asText().startsWith("YARA-")) {
        byCode.merge(record.path("code").asText(), 1, Integer::sum);
      }
    }
    long lost = stage.received().stream().filter(id -> !byRecord.containsKey(id)).count();
    long missing = stage.records().stream().filter(id -> !byRecord.containsKey(id)).count();
    long duplicated = byCode.values().stream().mapToInt(times -> times - 1).sum();
    duplicated += byRecord.values().stream().mapToInt(times -> times - 1).sum();
    stage.verdict().lossesOfKill(lost, duplicated);
    stage
        .verdict()
        .check(lost == 0, "of " + stage.received().size() + " acknowledged reports none is lost");
    stage
        .verdict()
        .check(
            missing == 0,
            "all " + stage.records().size() + " reports of the three are on the desk");
    stage.verdict().check(duplicated == 0, "no report is there twice");
  }

  private static void digests(Stage stage, String desk, Findings found) throws DemoFailure {
    found.digests(desk, stage.workshop().run(stage.about(desk, "state")).json().path("digests"));
  }

  private static void agreement(Stage stage, Findings found) {
    JsonNode lina = found.digests(Cast.LINA);
    JsonNode karim = found.digests(Cast.KARIM);
    stage.verdict().replica(Cast.LINA, "owner", lina);
    stage.verdict().replica(Cast.KARIM, "coordinator", karim);
    String merged = lina.path("desk").asText();
    stage
        .verdict()
        .check(
            !merged.isEmpty() && merged.equals(karim.path("desk").asText()),
            "both desks have merged the same: " + merged);
  }
}
