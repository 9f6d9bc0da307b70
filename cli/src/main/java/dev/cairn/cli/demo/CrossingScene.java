package dev.cairn.cli.demo;

import java.io.IOException;
import java.util.List;

/** Edits that cross: on a phone and at a desk, neither knowing of the other. */
final class CrossingScene implements Scene {

  /** What they differ about. */
  static final String FIELD = "killed.civilian";

  @Override
  public String title() {
    return "At the same moment, neither knowing of the other, Omar and Lina revise one figure";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    stage.sideBySide(
        List.of(
            () -> stage.omarsEdit(workshop.run(revised(stage, Cast.OMAR, "6..9")).text("change")),
            () -> {
              workshop.run(stage.sync(Cast.LINA));
              workshop.run(revised(stage, Cast.LINA, "6..7"));
              stage.narration().says("The desks add what others published later.");
              workshop.run(
                  figure(
                      stage, Cast.LINA, 1426, "exact", "2025-07-22", "National committee", "C2"));
            },
            () -> {
              workshop.run(stage.sync(Cast.KARIM));
              workshop.run(
                  figure(
                      stage,
                      Cast.KARIM,
                      1400,
                      "about",
                      "2025-08-14",
                      "UN commission of inquiry",
                      "A2"));
            }));
  }

  private static List<String> revised(Stage stage, String who, String range) {
    return stage.about(who, "report", "edit", stage.baniyas(), "--set", FIELD + "=" + range);
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
