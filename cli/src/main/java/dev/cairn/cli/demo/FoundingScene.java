package dev.cairn.cli.demo;

import java.io.IOException;
import java.util.List;

/** A space is founded; everybody joins without a network. */
final class FoundingScene implements Scene {

  @Override
  public String title() {
    return "A server, a space, and invitations by hand";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    workshop.run(
        "space",
        "create",
        "--server-invitation",
        workshop.at("server/server-invitation"),
        "--data",
        workshop.at(Cast.LINA),
        "--name",
        "Coast monitors",
        "--as",
        "Lina",
        "--recovery-out",
        workshop.at("recovery.txt"),
        "--json");
    String forReporters = invite(stage, "reporter", 3);
    stage
        .narration()
        .says("The files go by hand, the codes by telephone. Joining needs no network.");
    stage.sideBySide(
        List.of(
            () -> {
              String code = invite(stage, "coordinator", 1);
              workshop.run(stage.sync(Cast.LINA));
              join(stage, Cast.KARIM, "Karim", "coordinator", code);
            },
            () -> {
              join(stage, Cast.OMAR, "Omar", "reporter", forReporters);
              join(stage, Cast.YARA, "Yara", "reporter", forReporters);
              join(stage, Cast.SAMIR, "Samir", "reporter", forReporters);
            }));
  }

  private static String invite(Stage stage, String role, int uses) throws DemoFailure {
    return stage
        .workshop()
        .run(
            "invite",
            "--data",
            stage.workshop().at(Cast.LINA),
            "--role",
            role,
            "--uses",
            Integer.toString(uses),
            "--expires",
            "7d",
            "--out",
            stage.workshop().at(role + ".invitation"),
            "--json")
        .text("code");
  }

  private static void join(Stage stage, String folder, String pseudonym, String role, String code)
      throws DemoFailure {
    Workshop workshop = stage.workshop();
    stage.joined(
        folder,
        workshop.run(
            "join",
            workshop.at(role + ".invitation"),
            "--code",
            code,
            "--data",
            workshop.at(folder),
            "--as",
            pseudonym,
            "--json"));
  }
}
