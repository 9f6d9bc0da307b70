package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Samir has no network at all: a courier who can read nothing carries his work, and brings proof.
 */
final class CourierScene implements Scene {

  @Override
  public String title() {
    return "A stick for who has no network";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
    Workshop workshop = stage.workshop();
    Verdict verdict = stage.verdict();
    workshop.run(stage.about(Cast.SAMIR, "bundle", "export", "--out", workshop.at("stick.bundle")));
    Outcome taken =
        workshop.run(stage.about(Cast.OMAR, "bundle", "import", workshop.at("stick.bundle")));
    verdict.check(
        taken.number("for_others") > 0 && taken.number("new") == 0,
        "Omar carries " + taken.number("for_others") + " parcels and can open none");
    workshop.run(stage.sync(Cast.OMAR));
    workshop.run(stage.about(Cast.OMAR, "bundle", "export", "--out", workshop.at("back.bundle")));
    Outcome back =
        workshop.run(stage.about(Cast.SAMIR, "bundle", "import", workshop.at("back.bundle")));
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
