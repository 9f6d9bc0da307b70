package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;

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
    workshop.run(stage.sync(AGAIN));
    JsonNode digests = workshop.run(stage.about(AGAIN, "state")).json().path("digests");
    stage.verdict().replica(AGAIN, "owner", digests);
    String rebuilt = digests.path("desk").asText();
    stage
        .verdict()
        .check(
            rebuilt.equals(stage.merged()),
            "the rebuilt desk has merged what both desks had, byte for byte: " + rebuilt);
  }
}
