package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server is killed while it acknowledges a push piece by piece: after the first acknowledgement
 * and before the last. What it had acknowledged must be there when it starts again.
 */
final class CrashScene implements Scene {

  private static final int ATTEMPTS = 3;
  private static final int END_SECONDS = 120;
  private static final Pattern ACKNOWLEDGED = Pattern.compile("acknowledged (\\d+) of (\\d+)");

  private final int bulk;

  /** Yara recorded so many incidents; if they are sent too quickly, she records as many again. */
  CrashScene(int bulk) {
    this.bulk = bulk;
  }

  @Override
  public String title() {
    return "The server is killed in the middle of a push";
  }

  @Override
  public void play(Stage stage) throws DemoFailure, IOException {
    Push push = pushAndKill(stage);
    for (int again = 1; again < ATTEMPTS && push.acknowledged() == push.total(); again++) {
      stage.narration().says("It was quicker than the kill: once more, with more to send.");
      stage.relay(Relay.start(stage.workshop(), stage.narration(), stage.serveAgain()));
      String name = "yara-" + again + ".jsonl";
      stage.workshop().write(name, Incidents.toldByYara(again * bulk, bulk * (again + 1)));
      stage.imported(
          stage
              .workshop()
              .run(stage.about(Cast.YARA, "report", "import", stage.workshop().at(name))));
      push = pushAndKill(stage);
    }
    afterwards(stage, push);
  }

  /** What was acknowledged, of what was to be sent, when the server died. */
  private record Push(long acknowledged, long total, int exit) {}

  private static Push pushAndKill(Stage stage) throws DemoFailure, IOException {
    List<String> sync = stage.sync(Cast.YARA);
    stage.workshop().show(sync, "   # and, at its first acknowledgement:");
    Process process =
        stage
            .workshop()
            .start(
                sync, Redirect.to(stage.workshop().path("yara-sync.out").toFile()), Redirect.PIPE);
    long acknowledged = 0;
    long total = 0;
    boolean killed = false;
    try (BufferedReader stderr =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = stderr.readLine(); line != null; line = stderr.readLine()) {
        Matcher matcher = ACKNOWLEDGED.matcher(line);
        if (matcher.matches()) {
          acknowledged = Long.parseLong(matcher.group(1));
          total = Long.parseLong(matcher.group(2));
        }
        if (acknowledged > 0 && !killed) {
          killed = true;
          stage.relay().kill();
          stage.narration().command("kill -9 " + stage.relay().pid());
        }
        stage.narration().result(line);
      }
    }
    return new Push(acknowledged, total, exitOf(process));
  }

  private static int exitOf(Process process) throws DemoFailure {
    try {
      if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new DemoFailure("a sync did not end after its server was killed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("interrupted", e);
    }
  }

  private static void afterwards(Stage stage, Push push) throws DemoFailure {
    Verdict verdict = stage.verdict();
    long inflight = push.total() - push.acknowledged();
    verdict.check(
        push.acknowledged() > 0 && inflight > 0,
        "killed after " + push.acknowledged() + " of " + push.total() + " were acknowledged");
    verdict.check(push.exit() == 75, "the cut sync says: try again later (exit 75)");
    List<Outcome> left =
        stage
            .workshop()
            .together(
                List.of(stage.about(Cast.YARA, "report", "list"), stage.about("server", "state")));
    for (JsonNode report : left.get(0).json()) {
      if (!report.path("state").asText().equals("saved")) {
        stage.received().add(report.path("record").asText());
      }
    }
    long before = left.get(1).number("changes");
    verdict.check(
        before >= push.acknowledged(),
        "the dead server's disk holds " + before + " changes, no fewer than it acknowledged");
    stage.relay(Relay.start(stage.workshop(), stage.narration(), stage.serveAgain()));
    stage.workshop().run(stage.sync(Cast.YARA));
    verdict.kill(push.acknowledged(), inflight);
  }
}
