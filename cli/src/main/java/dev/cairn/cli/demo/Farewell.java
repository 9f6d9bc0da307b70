package dev.cairn.cli.demo;

import java.util.List;

/** Everything stays up; says what to try next. */
final class Farewell {

  private Farewell() {}

  /** Returns when the server ends, or not at all when Ctrl-C ends the process. */
  static void stay(Stage stage) {
    Narration narration = stage.narration();
    Workshop workshop = stage.workshop();
    narration.scene("Everything stays up until Ctrl-C; try, in another terminal");
    workshop.introduce();
    workshop.show(
        List.of("report", "add", "--data", workshop.at(Cast.OMAR), "--set", "place.en=Jableh"), "");
    workshop.show(List.of("sync", "--data", workshop.at(Cast.OMAR)), "");
    workshop.show(List.of("sync", "--data", workshop.at(Cast.KARIM)), "");
    workshop.show(List.of("review", "conflicts", "--data", workshop.at(Cast.KARIM), "--json"), "");
    workshop.show(
        List.of(
            "export",
            "--data",
            workshop.at(Cast.KARIM),
            "--format",
            "geojson",
            "--out",
            workshop.at("map.geojson")),
        "");
    narration.says("The folder is yours to delete afterwards: " + workshop.home());
    try {
      stage.relay().remain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
