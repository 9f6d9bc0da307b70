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
    published(stage);
  }

  private static void published(Stage stage) throws DemoFailure, IOException {
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
    workshop.run(sohr(stage, 830, "2025-03-09"));
    workshop.run(sohr(stage, 973, "2025-03-10"));
    workshop.run(sohr(stage, 1383, "2025-03-12"));
    List<String> split = new ArrayList<>(List.of("report", "edit", stage.coast()));
    split.addAll(share("Latakia", 683));
    split.addAll(share("Tartous", 433));
    split.addAll(share("Hama", 255));
    split.addAll(share("Homs", 12));
    workshop.run(stage.about(Cast.OMAR, split.toArray(new String[0])));
    stage.narration().says("On the way home there is a network for a minute.");
    workshop.run(stage.sync(Cast.OMAR));
  }

  private static List<String> sohr(Stage stage, int killed, String asOf) {
    String number = Integer.toString(killed);
    return stage.about(
        Cast.OMAR,
        "report",
        "assert",
        stage.coast(),
        "--metric",
        "killed",
        "--low",
        number,
        "--high",
        number,
        "--as-of",
        asOf,
        "--area",
        "Syrian coast",
        "--filter",
        "status=civilian",
        "--source",
        "SOHR",
        "--grade",
        "B2");
  }

  private static List<String> share(String area, int killed) {
    return List.of(
        "--set", "killed[status=civilian|" + area + "|2025-03-12|SOHR]=" + killed + ".." + killed);
  }
}
