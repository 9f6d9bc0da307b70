package dev.cairn.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Somebody changes a byte of a phone's database. */
final class DatabaseAttackScene implements Scene {

  @Override
  public String title() {
    return "Meanwhile: an attack on a phone's storage";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    stage
        .narration()
        .says("Somebody with access to Yara's phone changes one byte of its database.");
    Path file = workshop.path(Cast.YARA).resolve("rows.db");
    byte[] original = Files.readAllBytes(file);
    int place = SealedBytes.place(file, original);
    byte[] bytes = original.clone();
    bytes[place] ^= 1;
    Files.write(file, bytes);
    stage
        .narration()
        .command("# byte " + place + " of $D/" + Cast.YARA + "/rows.db, changed in place");
    Outcome checked = workshop.attemptOne(stage.about(Cast.YARA, "fsck"));
    boolean found =
        (checked.exit() == 1 || checked.exit() == 3)
            && !checked.json().path("ok").asBoolean()
            && !checked.said("problems").isEmpty();
    stage.verdict().attack("a byte of a database", found, checked.said("problems"));
    Files.write(file, original);
    stage.narration().command("# changed back");
    Outcome whole = workshop.attemptOne(stage.about(Cast.YARA, "fsck"));
    stage.verdict().check(whole.exit() == 0, "with the byte changed back the store is sound again");
  }
}
