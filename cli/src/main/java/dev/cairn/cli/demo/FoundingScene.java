package dev.cairn.cli.demo;

import java.util.List;

/** A space is founded; everybody joins without a network. */
final class FoundingScene implements Scene {

  @Override
  public String title() {
    return "A server, a space, and invitations by hand";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
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
    String forCoordinator = invite(stage, "coordinator", 1);
    stage
        .narration()
        .says("The files go by hand, the codes by telephone. Joining needs no network.");
    List<Outcome> joined =
        workshop.together(
            List.of(
                join(stage, Cast.OMAR, "Omar", "reporter", forReporters),
                join(stage, Cast.YARA, "Yara", "reporter", forReporters),
                join(stage, Cast.SAMIR, "Samir", "reporter", forReporters),
                join(stage, Cast.KARIM, "Karim", "coordinator", forCoordinator)));
    stage.joined(Cast.OMAR, joined.get(0));
    stage.joined(Cast.YARA, joined.get(1));
    stage.joined(Cast.SAMIR, joined.get(2));
    stage.joined(Cast.KARIM, joined.get(3));
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

  private static List<String> join(
      Stage stage, String folder, String pseudonym, String role, String code) {
    return List.of(
        "join",
        stage.workshop().at(role + ".invitation"),
        "--code",
        code,
        "--data",
        stage.workshop().at(folder),
        "--as",
        pseudonym,
        "--json");
  }
}
