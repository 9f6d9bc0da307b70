package dev.cairn.cli.demo;

/** A courier who can read nothing takes along the work of somebody without a network. */
final class CourierScene implements Scene {

  @Override
  public String title() {
    return "Meanwhile Omar takes Samir's stick along";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
    Workshop workshop = stage.workshop();
    Outcome taken =
        workshop.run(stage.about(Cast.OMAR, "bundle", "import", workshop.at("stick.bundle")));
    stage
        .verdict()
        .check(
            taken.number("for_others") > 0 && taken.number("new") == 0,
            "Omar carries " + taken.number("for_others") + " parcels and can open none");
  }
}
