package dev.cairn.cli.demo;

import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Termination;
import java.io.IOException;
import java.util.List;

/** Everything stays up; says what to try next. */
final class Farewell {

  private static final long PAUSE_MILLIS = 200;

  private Farewell() {}

  /**
   * Returns when the server has ended or Ctrl-C asked for the end: then everything is stopped, the
   * server having finished what it was doing, and as all went well that is the exit code.
   */
  static void stay(Stage stage, Backstage backstage) throws IOException {
    Termination termination = Termination.expected();
    int exit = ExitCode.FAILED;
    try {
      invite(stage);
      while (stage.relay().alive() && !termination.await(PAUSE_MILLIS)) {
        // Until one of both ends.
      }
      backstage.clear(false);
      exit = ExitCode.DONE;
    } finally {
      termination.finish(exit);
    }
  }

  private static void invite(Stage stage) {
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
  }
}
