package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Three attacks by changing bytes: in a bundle, in a database, in what travels by HTTP. */
final class AttackScene implements Scene {

  @Override
  public String title() {
    return "Three attacks";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    bundle(stage);
    database(stage);
    http(stage);
  }

  private static void bundle(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    stage.narration().says("The courier changes one byte of Samir's bundle.");
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
    stage.verdict().attack("a byte of a bundle", refused, said(taken, "refused"));
  }

  private static void database(Stage stage) throws DemoFailure, IOException {
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
            && !said(checked, "problems").isEmpty();
    stage.verdict().attack("a byte of a database", found, said(checked, "problems"));
    Files.write(file, original);
    stage.narration().command("# changed back");
    Outcome whole = workshop.attemptOne(stage.about(Cast.YARA, "fsck"));
    stage.verdict().check(whole.exit() == 0, "with the byte changed back the store is sound again");
  }

  private static void http(Stage stage) throws DemoFailure, IOException {
    Workshop workshop = stage.workshop();
    stage
        .narration()
        .says("A server without TLS, and somebody in the middle who changes one byte of a push.");
    try (LoopbackProxy proxy = new LoopbackProxy()) {
      Relay plain =
          Relay.start(
              workshop,
              stage.narration(),
              List.of(
                  "serve",
                  "--data",
                  workshop.at("plain-server"),
                  "--listen",
                  "127.0.0.1:0",
                  "--tls",
                  "off",
                  "--address",
                  "127.0.0.1:" + proxy.port()));
      try {
        proxy.target(plain.port());
        http(stage, proxy);
      } finally {
        plain.stop();
      }
    }
  }

  private static void http(Stage stage, LoopbackProxy proxy) throws DemoFailure {
    Workshop workshop = stage.workshop();
    String desk = "plain-desk";
    workshop.run(
        stage.about(
            desk,
            "space",
            "create",
            "--server-invitation",
            workshop.at("plain-server/server-invitation"),
            "--name",
            "Without TLS",
            "--as",
            "Nour",
            "--no-recovery"));
    workshop.run(stage.about(desk, "report", "add", "--set", "place.en=Jableh"));
    stage
        .narration()
        .command("# the proxy at port " + proxy.port() + " changes one byte of each push");
    proxy.tamper(true);
    Outcome attacked = workshop.attemptOne(stage.sync(desk));
    proxy.tamper(false);
    boolean refused =
        proxy.changed() > 0 && attacked.exit() != 0 && !said(attacked, "refused").isEmpty();
    stage.verdict().attack("a byte of an HTTP body", refused, said(attacked, "refused"));
    Outcome after = workshop.attemptOne(stage.sync(desk));
    stage
        .verdict()
        .check(
            after.exit() == 0 && after.number("remaining") == 0,
            "without the attacker the same report arrives");
  }

  /** The error a command named, or what its result lists. */
  private static String said(Outcome outcome, String list) throws DemoFailure {
    if (!outcome.error().isEmpty()) {
      return outcome.error();
    }
    JsonNode listed = outcome.json().path(list);
    return listed.isMissingNode() || (listed.isContainerNode() && listed.isEmpty())
        ? ""
        : list + " " + listed;
  }
}
