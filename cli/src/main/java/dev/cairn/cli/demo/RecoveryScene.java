package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The owner's desk is destroyed and comes back from the printed secret. */
final class RecoveryScene implements Scene {

  private static final String AGAIN = "lina-again";

  @Override
  public String title() {
    return "A desk is lost, and comes back from a sheet of paper";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
    Workshop workshop = stage.workshop();
    workshop.run(stage.about(Cast.LINA, "wipe", "--yes"));
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
    workshop.together(List.of(stage.sync(AGAIN), stage.sync(Cast.KARIM)));
    List<Outcome> states =
        workshop.together(List.of(stage.about(AGAIN, "state"), stage.about(Cast.KARIM, "state")));
    JsonNode rebuilt = states.get(0).json().path("digests");
    JsonNode other = states.get(1).json().path("digests");
    stage.verdict().replica(AGAIN, "owner", rebuilt);
    stage
        .verdict()
        .check(
            rebuilt.hasNonNull("desk") && rebuilt.path("desk").equals(other.path("desk")),
            "the rebuilt desk has merged what the other desk has: "
                + rebuilt.path("desk").asText());
    stage
        .verdict()
        .check(
            rebuilt.path("desk").asText().equals(stage.merged()),
            "and what the lost desk had, byte for byte");
  }
}
