package dev.cairn.simulation;

import dev.cairn.protocol.CairnException;
import dev.cairn.simulation.audit.Auditor;
import dev.cairn.simulation.audit.Finding;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.world.Trace;
import dev.cairn.simulation.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Plays worlds. Each is one thread and the same every time. */
public final class Simulation {

  private Simulation() {}

  /**
   * Plays one world.
   *
   * @param folder an empty folder it may use and leaves empty; best one in memory
   */
  public static Outcome run(long seed, Scope scope, Path folder) {
    return run(seed, scope, folder, Disks.SIMULATED);
  }

  /** The same on other disks. */
  public static Outcome run(long seed, Scope scope, Path folder, Disks disks) {
    List<Finding> findings = new ArrayList<>();
    try (World world = new World(seed, folder, new Auditor(), disks)) {
      try {
        findings.addAll(world.play(scope.steps(), scope.skipped()));
      } catch (CairnException | IOException | RuntimeException e) {
        findings.add(new Finding("P5", "the world ended with " + trouble(e)));
      }
      disks.lost().forEach(lost -> findings.add(new Finding("P5", "power.lost: " + lost)));
      Trace trace = world.trace();
      return new Outcome(
          seed, findings, trace.faults(), trace.end(), trace.lines(), disks.images());
    } catch (CairnException e) {
      throw new IllegalStateException("a world cannot begin", e);
    } finally {
      empty(folder);
    }
  }

  private static String trouble(Exception e) {
    StringBuilder text = new StringBuilder(e.toString());
    StackTraceElement[] stack = e.getStackTrace();
    for (int i = 0; i < Math.min(stack.length, 6); i++) {
      text.append(" at ").append(stack[i]);
    }
    return text.toString();
  }

  private static void empty(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toArray(Path[]::new)) {
        if (!path.equals(folder)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
