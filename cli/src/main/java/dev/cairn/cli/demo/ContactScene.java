package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Devices meet the server for the first time; the second desk is confirmed by its words. */
final class ContactScene implements Scene {

  @Override
  public String title() {
    return "First contact, and words over the telephone";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
    Workshop workshop = stage.workshop();
    workshop.run(stage.sync(Cast.LINA));
    workshop.together(List.of(stage.sync(Cast.KARIM), stage.sync(Cast.OMAR)));
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
    published(stage);
  }

  private static String wordsAtTheDesk(Outcome devices, String device) throws DemoFailure {
    for (JsonNode line : devices.json()) {
      if (line.path("device").asText().equals(device)) {
        return line.path("words").asText();
      }
    }
    return "";
  }

  /** A coordinator is a member too. */
  private static void published(Stage stage) throws DemoFailure {
    stage.narration().says("The desks add what others published later, about the same record.");
    stage
        .workshop()
        .together(
            List.of(
                figure(stage, Cast.LINA, 1426, "exact", "2025-07-22", "National committee", "C2"),
                figure(
                    stage,
                    Cast.KARIM,
                    1400,
                    "about",
                    "2025-08-14",
                    "UN commission of inquiry",
                    "A2")));
  }

  private static List<String> figure(
      Stage stage,
      String desk,
      int killed,
      String qualifier,
      String asOf,
      String source,
      String grade) {
    String number = Integer.toString(killed);
    return stage.about(
        desk,
        "report",
        "assert",
        stage.coast(),
        "--metric",
        "killed",
        "--low",
        number,
        "--high",
        number,
        "--qualifier",
        qualifier,
        "--as-of",
        asOf,
        "--area",
        "Syrian coast",
        "--source",
        source,
        "--grade",
        grade);
  }
}
