package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** The stick comes back to Samir with proof of where his work arrived. */
final class ReceiptScene implements Scene {

  @Override
  public String title() {
    return "Meanwhile the stick brings Samir his receipts";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
    Workshop workshop = stage.workshop();
    Outcome back =
        workshop.run(stage.about(Cast.SAMIR, "bundle", "import", workshop.at("back.bundle")));
    Verdict verdict = stage.verdict();
    verdict.check(
        back.number("receipts") > 0,
        "the way back brought Samir " + back.number("receipts") + " receipts");
    Outcome list = workshop.run(stage.about(Cast.SAMIR, "report", "list"));
    boolean all = list.json().size() > 0;
    for (JsonNode report : list.json()) {
      all &= !report.path("state").asText().equals("saved");
    }
    verdict.check(all, "all " + list.json().size() + " reports of Samir's are received");
  }
}
