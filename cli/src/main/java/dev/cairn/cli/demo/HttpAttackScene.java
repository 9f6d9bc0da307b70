package dev.cairn.cli.demo;

import java.io.IOException;
import java.util.List;

/** Somebody in the middle changes a byte of what travels. */
final class HttpAttackScene implements Scene {

  @Override
  public String title() {
    return "Meanwhile: an attack on the line";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
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
        proxy.changed() > 0 && attacked.exit() != 0 && !attacked.said("refused").isEmpty();
    stage.verdict().attack("a byte of an HTTP body", refused, attacked.said("refused"));
    Outcome after = workshop.attemptOne(stage.sync(desk));
    stage
        .verdict()
        .check(
            after.exit() == 0 && after.number("remaining") == 0,
            "without the attacker the same report arrives");
  }
}
