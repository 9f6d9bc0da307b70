package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody's own incidents, recorded by the three reporters. */
final class InputScene implements Scene {

  private final Path input;

  InputScene(Path input) {
    this.input = input;
  }

  @Override
  public String title() {
    return "The incidents of " + input.getFileName() + ", dealt out to the three";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    List<Path> shares = new ArrayList<>();
    List<List<String>> imports = new ArrayList<>();
    for (String reporter : Cast.REPORTERS) {
      Path share = workshop.path("input-" + reporter + ".jsonl");
      shares.add(share);
      imports.add(stage.about(reporter, "report", "import", share.toString()));
    }
    InputShares.deal(input, shares);
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
