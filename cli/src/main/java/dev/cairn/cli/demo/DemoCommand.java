package dev.cairn.cli.demo;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Launcher;
import dev.cairn.cli.console.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn demo}. */
@Command(
    name = "demo",
    description = {
      "Walk the whole road: a server, two desks, three reporters, a courier, a crash, a conflict,",
      "a lost desk, three attacks. Every step is a command that is printed and can be pasted."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn demo --once")
public final class DemoCommand extends Action {

  private static final int BULK = 150;
  private static final double NANOS_PER_SECOND = 1e9;

  @Option(names = "--once", description = "End at the end, instead of staying up until Ctrl-C.")
  private boolean once;

  @Option(
      names = "--input",
      paramLabel = "FILE.jsonl",
      description = "Incidents of your own, dealt out to the three reporters.")
  private @Nullable Path input;

  /** Prints to an output. */
  public DemoCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    if (input != null && !Files.isReadable(input)) {
      throw new NoSuchFileException(input.toString());
    }
    long begin = System.nanoTime();
    Narration narration = new Narration(json() ? output()::say : output()::line);
    Verdict verdict = new Verdict(narration);
    Workshop workshop = Workshop.open(Launcher.current("-XX:TieredStopAtLevel=1"), narration);
    Backstage backstage = new Backstage(workshop);
    try {
      Stage stage = open(workshop, narration, verdict);
      play(stage);
      double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
      tell(narration, verdict, seconds, workshop.started());
      if (json()) {
        output().json(verdict.document(seconds));
      }
      if (!once && verdict.ok()) {
        Farewell.stay(stage, backstage);
      }
    } finally {
      backstage.clear(once && verdict.ok());
    }
    return verdict.ok() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Stage open(Workshop workshop, Narration narration, Verdict verdict)
      throws DemoFailure {
    workshop.introduce();
    Relay relay =
        Relay.start(
            workshop,
            narration,
            List.of("serve", "--data", workshop.at("server"), "--listen", "127.0.0.1:0"));
    return new Stage(workshop, narration, verdict, relay);
  }

  /** The story; what stands in one line happens side by side. */
  private List<List<Scene>> acts() {
    List<List<Scene>> acts = new ArrayList<>();
    acts.add(List.of(new FoundingScene()));
    if (input != null) {
      acts.add(List.of(new InputScene(input)));
    }
    acts.add(List.of(new FiguresScene(), new RecordingScene(BULK), new ContactScene()));
    acts.add(List.of(new CrossingScene()));
    acts.add(List.of(new CrashScene(BULK), new CourierScene(), new BundleAttackScene()));
    acts.add(List.of(new DeliveryScene()));
    acts.add(
        List.of(
            new ReviewScene(),
            new ReceiptScene(),
            new DatabaseAttackScene(),
            new HttpAttackScene()));
    acts.add(List.of(new ProofScene()));
    acts.add(List.of(new RecoveryScene()));
    return acts;
  }

  private void play(Stage stage) throws IOException {
    int number = 0;
    try {
      for (List<Scene> act : acts()) {
        List<Lane> lanes = new ArrayList<>();
        for (Scene scene : act) {
          number++;
          String title = number + ". " + scene.title();
          lanes.add(
              () -> {
                stage.narration().scene(title);
                scene.play(stage);
              });
        }
        stage.sideBySide(lanes);
      }
    } catch (DemoFailure e) {
      stage.verdict().check(false, String.valueOf(e.getMessage()));
    }
  }

  private static void tell(Narration narration, Verdict verdict, double seconds, int commands) {
    narration.scene(verdict.ok() ? "All of it held" : "SOMETHING DID NOT HOLD: see [FAILED] above");
    narration.says(commands + " commands in " + Math.round(seconds) + " seconds.");
  }
}
