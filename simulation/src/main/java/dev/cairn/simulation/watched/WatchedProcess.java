package dev.cairn.simulation.watched;

import dev.cairn.simulation.Outcome;
import dev.cairn.simulation.Scope;
import dev.cairn.simulation.audit.Finding;
import dev.cairn.simulation.crash.Recording;
import dev.cairn.simulation.mutant.Verdict;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A process of ours under {@code strace}, and what is asked of it. */
final class WatchedProcess implements AutoCloseable {

  private static final int SECONDS_MAX = 20;
  private static final int SAID_CHARACTERS_MAX = 2000;

  private final Process process;
  private final Path errors;
  private final DataInputStream in;
  private final DataOutputStream out;

  private WatchedProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
  }

  static boolean isUsable() {
    try {
      Process probe =
          new ProcessBuilder("strace", "-f", "--seccomp-bpf", "-A", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .start();
      return probe.waitFor(SECONDS_MAX, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Starts one that is recorded in a folder. */
  static WatchedProcess start(Path folder) {
    Path errors = folder.resolve("errors");
    try {
      Path record = Files.createFile(folder.resolve("calls")).toRealPath();
      Process process = new ProcessBuilder(words(record)).redirectError(errors.toFile()).start();
      WatchedProcess started = new WatchedProcess(process, errors);
      if (started.in.read() != UnderWatch.READY) {
        started.close();
        throw new IllegalStateException("real disks need strace 5.3 or later: " + started.said());
      }
      return started;
    } catch (IOException e) {
      throw new IllegalStateException("real disks need strace", e);
    }
  }

  private static List<String> words(Path record) {
    List<String> words = new ArrayList<>();
    // -y: what descriptors stand for; -xx: all text in hex; the filter leaves other calls alone.
    words.addAll(List.of("strace", "-f", "--seccomp-bpf", "-A", "-o", record.toString(), "-y"));
    words.addAll(List.of("-xx", "-s", Integer.toString(Recording.WRITE_BYTES_MAX)));
    words.addAll(List.of("-e", "signal=none", "-e", "trace=" + Recording.CALLS));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(UnderWatch.class.getName(), record.toString()));
    return words;
  }

  Outcome play(long seed, Scope scope, Path folder) throws IOException {
    out.write(UnderWatch.WORLD);
    out.writeLong(seed);
    out.writeInt(scope.steps());
    out.writeInt(scope.skipped().size());
    for (int step : scope.skipped()) {
      out.writeInt(step);
    }
    out.writeUTF(folder.toRealPath().toString());
    out.flush();
    List<Finding> findings = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      findings.add(new Finding(in.readUTF(), in.readUTF()));
    }
    Map<String, Long> faults = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      faults.put(in.readUTF(), in.readLong());
    }
    String trace = in.readUTF();
    List<String> lines = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      lines.add(in.readUTF());
    }
    return new Outcome(seed, findings, faults, trace, lines, in.readLong());
  }

  Verdict trial(String mutant, long firstSeed, long lastSeed, int steps) throws IOException {
    out.write(UnderWatch.TRIAL);
    out.writeUTF(mutant);
    out.writeLong(firstSeed);
    out.writeLong(lastSeed);
    out.writeInt(steps);
    out.flush();
    return in.readBoolean()
        ? new Verdict(mutant, in.readLong(), in.readUTF(), in.readUTF())
        : new Verdict(mutant, null, null, null);
  }

  /** What it complained of. */
  String said() {
    try {
      String said = Files.readString(errors, StandardCharsets.UTF_8);
      return said.substring(Math.max(0, said.length() - SAID_CHARACTERS_MAX));
    } catch (IOException e) {
      return "nothing";
    }
  }

  /** Asks nothing more, which ends it. */
  @Override
  public void close() {
    try {
      out.close();
      if (process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // It is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
