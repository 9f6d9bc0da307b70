package dev.cairn.cli.demo;

import java.io.IOException;

/**
 * Two more reporters record without a network; one of them, who will never have any, fills a stick.
 */
final class RecordingScene implements Scene {

  private final int bulk;

  /** With so many small incidents of Yara's. */
  RecordingScene(int bulk) {
    this.bulk = bulk;
  }

  @Override
  public String title() {
    return "Meanwhile Yara and Samir record; Samir will never have a network";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    workshop.write("samir.jsonl", Incidents.toldBySamir());
    workshop.write("yara.jsonl", Incidents.toldByYara(0, bulk));
    stage.baniyasByYara(
        stage
            .imported(
                workshop.run(stage.about(Cast.YARA, "report", "import", workshop.at("yara.jsonl"))))
            .get(0));
    stage.imported(
        workshop.run(stage.about(Cast.SAMIR, "report", "import", workshop.at("samir.jsonl"))));
    stage.narration().says("Samir gives a courier a stick with all he has.");
    workshop.run(stage.about(Cast.SAMIR, "bundle", "export", "--out", workshop.at("stick.bundle")));
  }
}
