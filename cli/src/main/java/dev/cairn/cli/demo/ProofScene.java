package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
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
    workshop.together(List.of(stage.sync(Cast.YARA), stage.sync(Cast.OMAR)));
    workshop.together(List.of(stage.sync(Cast.LINA), stage.sync(Cast.KARIM)));
    workshop.together(List.of(stage.sync(Cast.LINA), stage.sync(Cast.KARIM)));
    server(stage, stores(stage));
    losses(stage);
    digests(stage);
  }

  private static long stores(Stage stage) throws DemoFailure {
    List<List<String>> commands = new ArrayList<>();
    List<String> people = new ArrayList<>(Cast.DESKS);
    people.addAll(Cast.REPORTERS);
    people.forEach(name -> commands.add(stage.about(name, "fsck")));
    long verified = 0;
    long held = 0;
    long changes = 0;
    for (Outcome outcome : stage.workshop().attempt(commands)) {
      JsonNode result = outcome.json();
      boolean sound = result.path("ok").asBoolean();
      stage.verdict().check(sound, "no problem found by: " + outcome.line());
      long receipts = result.path("checked").path("receipts").asLong();
      held += receipts;
      verified += sound ? receipts : 0;
      changes += result.path("checked").path("changes").asLong();
    }
    stage.verdict().receipts(verified, held);
    stage
        .verdict()
        .check(
            held > 0 && verified == held,
            verified + " of " + held + " receipts verify, for " + changes + " changes");
    return changes;
  }

  private static void server(Stage stage, long changes) throws DemoFailure {
    stage.narration().command("kill -TERM " + stage.relay().pid());
    stage.verdict().check(stage.relay().stop() == 0, "the server drained and ended with exit 0");
    Outcome checked = stage.workshop().attemptOne(stage.about("server", "fsck"));
    stage
        .verdict()
        .check(checked.json().path("ok").asBoolean(), "the server's store is sound after the kill");
    long logged = checked.json().path("checked").path("changes").asLong();
    stage
        .verdict()
        .check(
            logged == changes, "its log holds all " + changes + " changes, each once: " + logged);
    stage.relay(Relay.start(stage.workshop(), stage.narration(), stage.serveAgain()));
  }

  /** Holds the export of a desk against every record anybody was told is recorded. */
  private static void losses(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    workshop.run(
        stage.about(
            Cast.LINA, "export", "--format", "jsonl", "--out", workshop.at("export.jsonl")));
    Map<String, Integer> byRecord = new HashMap<>();
    Map<String, Integer> byCode = new HashMap<>();
    for (String line : Files.readAllLines(workshop.path("export.jsonl"), StandardCharsets.UTF_8)) {
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

  private static void digests(Stage stage) throws DemoFailure {
    List<Outcome> states =
        stage
            .workshop()
            .together(List.of(stage.about(Cast.LINA, "state"), stage.about(Cast.KARIM, "state")));
    JsonNode first = states.get(0).json().path("digests");
    JsonNode second = states.get(1).json().path("digests");
    stage.verdict().replica(Cast.LINA, "owner", first);
    stage.verdict().replica(Cast.KARIM, "coordinator", second);
    stage
        .verdict()
        .check(
            first.hasNonNull("desk") && first.path("desk").equals(second.path("desk")),
            "both desks have merged the same: " + first.path("desk").asText());
  }
}
