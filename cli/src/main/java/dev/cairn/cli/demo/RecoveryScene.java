package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The owner's desk is destroyed and comes back from the printed secret. */
final class RecoveryScene implements Scene {

  private static final String AGAIN = "lina-again";

  @Override
  public String title() {
    return "A desk is lost, and comes back from a sheet of paper";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    workshop.run(stage.about(Cast.LINA, "wipe", "--yes"));
    stage.verdict().lost(Cast.LINA);
    workshop.run(
        stage.about(
            AGAIN,
            "recover",
            "--recovery",
            workshop.at("recovery.txt"),
            "--server-invitation",
            workshop.at("server/server-invitation"),
            "--as",
            "Lina"));
    workshop.run(stage.sync(AGAIN));
    List<Outcome> exported =
        workshop.together(
            List.of(
                stage.about(
                    AGAIN, "export", "--format", "jsonl", "--out", workshop.at("again.jsonl")),
                stage.sync(Cast.KARIM)));
    stage
        .verdict()
        .check(
            Files.mismatch(workshop.path("export.jsonl"), workshop.path("again.jsonl")) < 0,
            "it has every report as the lost desk had it, byte for byte: "
                + exported.get(0).number("records"));
    List<Outcome> states =
        workshop.together(List.of(stage.about(AGAIN, "state"), stage.about(Cast.KARIM, "state")));
    JsonNode rebuilt = states.get(0).json().path("digests");
    JsonNode other = states.get(1).json().path("digests");
    stage.verdict().replica(AGAIN, "owner", rebuilt);
    stage.verdict().replica(Cast.KARIM, "coordinator", other);
    stage
        .verdict()
        .check(
            rebuilt.hasNonNull("desk") && rebuilt.path("desk").equals(other.path("desk")),
            "both desks have merged the same again: " + rebuilt.path("desk").asText());
  }
}
