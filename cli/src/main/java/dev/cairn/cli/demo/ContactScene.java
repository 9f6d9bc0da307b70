package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** The second desk meets the server and is confirmed by its words. */
final class ContactScene implements Scene {

  @Override
  public String title() {
    return "Meanwhile the desks: first contact, and words over the telephone";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
    Workshop workshop = stage.workshop();
    workshop.run(stage.sync(Cast.KARIM));
    workshop.run(stage.sync(Cast.LINA));
    Outcome devices = workshop.run(stage.about(Cast.LINA, "device", "list"));
    stage
        .verdict()
        .check(
            wordsAtTheDesk(devices, stage.device(Cast.KARIM)).equals(stage.words(Cast.KARIM)),
            "the words on Karim's screen are those on Lina's: " + stage.words(Cast.KARIM));
    workshop.run(
        stage.about(
            Cast.LINA,
            "device",
            "confirm",
            stage.device(Cast.KARIM),
            "--words",
            stage.words(Cast.KARIM),
            "--yes"));
    workshop.run(stage.sync(Cast.LINA));
    workshop.run(stage.sync(Cast.KARIM));
  }

  private static String wordsAtTheDesk(Outcome devices, String device) throws DemoFailure {
    for (JsonNode line : devices.json()) {
      if (line.path("device").asText().equals(device)) {
        return line.path("words").asText();
      }
    }
    return "";
  }
}
