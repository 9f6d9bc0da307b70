package dev.cairn.cli.demo;

import java.io.IOException;
import java.nio.file.Files;

/** A courier changes a byte of what he carries. */
final class BundleAttackScene implements Scene {

  @Override
  public String title() {
    return "Meanwhile: an attack on a stick";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    stage
        .narration()
        .says("Another courier changes one byte of what Samir gave him, and brings it to Karim.");
    byte[] bytes = Files.readAllBytes(workshop.path("stick.bundle"));
    int place = bytes.length - bytes.length / 4;
    bytes[place] ^= 1;
    workshop.write("changed.bundle", bytes);
    stage
        .narration()
        .command("# byte " + place + " of $D/stick.bundle, changed in $D/changed.bundle");
    Outcome taken =
        workshop.attemptOne(
            stage.about(Cast.KARIM, "bundle", "import", workshop.at("changed.bundle")));
    boolean refused =
        taken.exit() != 0
            && (!taken.error().isEmpty() || taken.json().path("refused").asLong() > 0)
            && taken.json().path("new").asLong() == 0;
    stage.verdict().attack("a byte of a bundle", refused, taken.said("refused"));
  }
}
