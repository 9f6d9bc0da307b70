package dev.cairn.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Omar records one morning in Baniyas, and what was published about the whole coast. */
final class FiguresScene implements Scene {

  @Override
  public String title() {
    return "Omar records, with no network; each report is signed and encrypted as it is saved";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    workshop.write("baniyas.json", Incidents.toldByOmar());
    workshop.write("photo.png", Photo.png());
    stage.baniyas(
        stage.recorded(
            workshop.run(
                stage.about(
                    Cast.OMAR,
                    "report",
                    "add",
                    "--in",
                    workshop.at("baniyas.json"),
                    "--label",
                    "Qusour, two houses"))));
    workshop.run(
        stage.about(Cast.OMAR, "report", "attach", stage.baniyas(), workshop.at("photo.png")));
    figures(stage);
  }

  private static void figures(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    stage
        .narration()
        .says(
            "One series of killings, many published figures: each keeps its date, area and group.");
    workshop.write("coast.json", Incidents.coast());
    stage.coast(
        stage.recorded(
            workshop.run(
                stage.about(Cast.OMAR, "report", "add", "--in", workshop.at("coast.json")))));
    workshop.run(published(stage, 803, "2025-03-10", "Syrian Network for Human Rights", List.of()));
    workshop.run(
        published(stage, 1383, "2025-03-12", "SOHR", List.of("--filter", "status=civilian")));
    List<String> more = new ArrayList<>(List.of("report", "edit", stage.coast()));
    more.addAll(sohr("Syrian coast", "2025-03-09", 830));
    more.addAll(sohr("Syrian coast", "2025-03-10", 973));
    more.addAll(sohr("Syrian coast", "2025-03-11", 1225));
    more.addAll(sohr("Latakia", "2025-03-12", 683));
    more.addAll(sohr("Tartous", "2025-03-12", 433));
    more.addAll(sohr("Hama", "2025-03-12", 255));
    more.addAll(sohr("Homs", "2025-03-12", 12));
    workshop.run(stage.about(Cast.OMAR, more.toArray(new String[0])));
    stage.narration().says("On the way home there is a network for a minute.");
    workshop.run(stage.sync(Cast.OMAR));
  }

  private static List<String> published(
      Stage stage, int killed, String asOf, String source, List<String> filter) {
    String number = Integer.toString(killed);
    List<String> command =
        new ArrayList<>(List.of("report", "assert", stage.coast(), "--metric", "killed"));
    command.addAll(List.of("--low", number, "--high", number, "--as-of", asOf));
    command.addAll(List.of("--area", "Syrian coast"));
    command.addAll(filter);
    command.addAll(List.of("--source", source, "--grade", "B2"));
    return stage.about(Cast.OMAR, command.toArray(new String[0]));
  }

  private static List<String> sohr(String area, String asOf, int killed) {
    return List.of(
        "--set",
        "killed[status=civilian|" + area + "|" + asOf + "|SOHR]=" + killed + ".." + killed);
  }
}
