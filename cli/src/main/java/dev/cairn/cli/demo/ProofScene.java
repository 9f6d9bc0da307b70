package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

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
    // One after another: two desks that sync at once may each miss what the other confirmed.
    workshop.run(stage.sync(Cast.KARIM));
    workshop.run(stage.sync(Cast.LINA));
    workshop.run(stage.sync(Cast.KARIM));
    AtomicLong changes = new AtomicLong();
    AtomicLong logged = new AtomicLong();
    stage.sideBySide(List.of(() -> changes.set(stores(stage)), () -> logged.set(server(stage))));
    stage
        .verdict()
        .check(
            logged.get() == changes.get(),
            "its log holds all " + changes + " changes, each once: " + logged);
    List<Outcome> ends =
        workshop.together(
            List.of(
                stage.about(
                    Cast.LINA, "export", "--format", "jsonl", "--out", workshop.at("export.jsonl")),
                stage.about(Cast.KARIM, "state")));
    losses(stage);
    digests(stage, workshop.run(stage.about(Cast.LINA, "state")), ends.get(1));
  }

  private static long stores(Stage stage) throws DemoFailure {
    List<List<String>> commands = new ArrayList<>();
    List<String> people = new ArrayList<>(Cast.DESKS);
    people.addAll(Cast.REPORTERS);
    people.forEach(name -> commands.add(stage.about(name, "fsck")));
    long verified = 0;
    long changes = 0;
    for (Outcome outcome : stage.workshop().attempt(commands)) {
      JsonNode result = outcome.json();
      boolean sound = result.path("ok").asBoolean();
      stage.verdict().check(sound, "no problem found by: " + outcome.line());
      verified += sound ? result.path("checked").path("received").asLong() : 0;
      changes += result.path("checked").path("changes").asLong();
    }
    stage.verdict().receipts(verified, changes);
    stage
        .verdict()
        .check(
            changes > 0 && verified == changes,
            "a receipt proves each of the " + changes + " changes that anybody made: " + verified);
    return changes;
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

  private static void digests(Stage stage, Outcome lina, Outcome karim) throws DemoFailure {
    JsonNode first = lina.json().path("digests");
    JsonNode second = karim.json().path("digests");
    stage.verdict().replica(Cast.LINA, "owner", first);
    stage.verdict().replica(Cast.KARIM, "coordinator", second);
    stage
        .verdict()
        .check(
            first.hasNonNull("desk") && first.path("desk").equals(second.path("desk")),
            "both desks have merged the same: " + first.path("desk").asText());
    stage.merged(first.path("desk").asText());
  }
}
