package dev.cairn.cli.demo;

import java.util.List;

/** The server is back: the courier hands over what he carries, and everybody syncs. */
final class DeliveryScene implements Scene {

  @Override
  public String title() {
    return "Omar reaches a network: what Samir recorded arrives, and a stick goes back to him";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
    Workshop workshop = stage.workshop();
    workshop.run(stage.sync(Cast.OMAR));
    workshop.together(
        List.of(
            stage.sync(Cast.LINA),
            stage.sync(Cast.KARIM),
            stage.about(Cast.OMAR, "bundle", "export", "--out", workshop.at("back.bundle"))));
  }
}
