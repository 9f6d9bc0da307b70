package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three reporters record without a network, each report signed and encrypted as it is saved. */
final class RecordingScene implements Scene {

  private final int bulk;
  private final Optional<Path> input;

  /**
   * With so many small incidents of Yara's.
   *
   * @param input somebody's own incidents, dealt out to the reporters
   */
  RecordingScene(int bulk, Optional<Path> input) {
    this.bulk = bulk;
    this.input = input;
  }

  @Override
  public String title() {
    return "Recording, with no network anywhere";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    workshop.write("coast.json", Incidents.coast());
    workshop.write("baniyas.json", Incidents.toldByOmar());
    workshop.write("samir.jsonl", Incidents.toldBySamir());
    workshop.write("yara.jsonl", Incidents.toldByYara(0, bulk));
    workshop.write("photo.png", Photo.png());
    List<Outcome> first =
        workshop.together(
            List.of(
                stage.about(Cast.OMAR, "report", "add", "--in", workshop.at("coast.json")),
                stage.about(Cast.YARA, "report", "import", workshop.at("yara.jsonl"))));
    stage.coast(stage.recorded(first.get(0)));
    stage.baniyasByYara(stage.imported(first.get(1)).get(0));
    List<Outcome> second =
        workshop.together(
            List.of(
                stage.about(
                    Cast.OMAR,
                    "report",
                    "add",
                    "--in",
                    workshop.at("baniyas.json"),
                    "--label",
                    "Qusour, two houses"),
                stage.about(Cast.SAMIR, "report", "import", workshop.at("samir.jsonl"))));
    stage.baniyas(stage.recorded(second.get(0)));
    stage.imported(second.get(1));
    figures(stage);
    if (input.isPresent()) {
      deal(stage, input.get());
    }
  }

  private static void figures(Stage stage) throws DemoFailure {
    stage
        .narration()
        .says(
            "One series of killings, many published figures: each keeps its date, area and group.");
    Workshop workshop = stage.workshop();
    workshop.run(sohr(stage, 830, "2025-03-09"));
    workshop.run(sohr(stage, 973, "2025-03-10"));
    workshop.run(sohr(stage, 1383, "2025-03-12"));
    List<String> split = new ArrayList<>(List.of("report", "edit", stage.coast()));
    split.addAll(share("Latakia", 683));
    split.addAll(share("Tartous", 433));
    split.addAll(share("Hama", 255));
    split.addAll(share("Homs", 12));
    workshop.run(stage.about(Cast.OMAR, split.toArray(new String[0])));
    workshop.run(
        stage.about(Cast.OMAR, "report", "attach", stage.baniyas(), workshop.at("photo.png")));
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

  private static void deal(Stage stage, Path file) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    List<Path> shares = new ArrayList<>();
    List<List<String>> imports = new ArrayList<>();
    for (String reporter : Cast.REPORTERS) {
      Path share = workshop.path("input-" + reporter + ".jsonl");
      shares.add(share);
      imports.add(stage.about(reporter, "report", "import", share.toString()));
    }
    stage.narration().says("The lines of " + file.getFileName() + " are dealt out to the three.");
    InputShares.deal(file, shares);
    long accepted = 0;
    long refused = 0;
    for (Outcome outcome : workshop.attempt(imports)) {
      JsonNode result = outcome.json();
      if (outcome.exit() != 0 && outcome.exit() != 3) {
        throw new DemoFailure("not imported: " + outcome.error());
      }
      accepted += stage.imported(outcome).size();
      refused += result.path("refused").size();
      for (JsonNode line : result.path("refused")) {
        stage.narration().result(line.toString());
      }
    }
    stage.verdict().input(accepted, refused);
  }
}
