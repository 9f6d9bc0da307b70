package dev.cairn.cli.demo;

import java.util.List;

/** Samir has no network at all: a courier who can read nothing carries his work. */
final class CourierScene implements Scene {

  @Override
  public String title() {
    return "A stick for who has no network";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
    Workshop workshop = stage.workshop();
    workshop.run(stage.about(Cast.SAMIR, "bundle", "export", "--out", workshop.at("stick.bundle")));
    Outcome taken =
        workshop.run(stage.about(Cast.OMAR, "bundle", "import", workshop.at("stick.bundle")));
    stage
        .verdict()
        .check(
            taken.number("for_others") > 0 && taken.number("new") == 0,
            "Omar carries " + taken.number("for_others") + " parcels and can open none");
    workshop.run(stage.sync(Cast.OMAR));
    workshop.together(
        List.of(
            stage.about(Cast.OMAR, "bundle", "export", "--out", workshop.at("back.bundle")),
            stage.sync(Cast.LINA),
            stage.sync(Cast.KARIM)));
  }
}
