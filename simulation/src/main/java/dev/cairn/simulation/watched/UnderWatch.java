package dev.cairn.simulation.watched;

import dev.cairn.simulation.Folders;
import dev.cairn.simulation.Outcome;
import dev.cairn.simulation.Scope;
import dev.cairn.simulation.Simulation;
import dev.cairn.simulation.audit.Finding;
import dev.cairn.simulation.crash.RealDisks;
import dev.cairn.simulation.mutant.Verdict;
import dev.cairn.simulation.mutant.WatchedTrial;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The process whose calls are recorded: plays worlds, one at a time, as it is asked to on its
 * standard input, and answers on its standard output. Ends when nobody asks any more.
 */
public final class UnderWatch {

  static final int WORLD = 1;
  static final int TRIAL = 2;
  static final int READY = 'r';

  private UnderWatch() {}

  /**
   * Begins.
   *
   * @param arguments where the calls of this process are recorded
   */
  public static void main(String[] arguments) throws IOException {
    Path record = Path.of(arguments[0]);
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
    System.setOut(System.err);
    try (Folders folders = Folders.open()) {
      WatchedTrial trials = new WatchedTrial(folders, record);
      out.write(READY);
      out.flush();
      for (int what = in.read(); what >= 0; what = in.read()) {
        if (what == WORLD) {
          world(in, out, record);
        } else {
          trial(in, out, trials);
        }
        out.flush();
      }
    } catch (EOFException e) {
      return; // Whoever asked is gone.
    }
  }

  private static void world(DataInputStream in, DataOutputStream out, Path record)
      throws IOException {
    long seed = in.readLong();
    int steps = in.readInt();
    Set<Integer> skipped = new TreeSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      skipped.add(in.readInt());
    }
    Path folder = Path.of(in.readUTF());
    try (RealDisks disks = new RealDisks(seed, record, folder)) {
      write(Simulation.run(seed, new Scope(steps, skipped), folder, disks), out);
    }
  }

  private static void write(Outcome outcome, DataOutputStream out) throws IOException {
    out.writeInt(outcome.findings().size());
    for (Finding finding : outcome.findings()) {
      out.writeUTF(finding.promise());
      out.writeUTF(finding.what());
    }
    out.writeInt(outcome.faults().size());
    for (Map.Entry<String, Long> fault : outcome.faults().entrySet()) {
      out.writeUTF(fault.getKey());
      out.writeLong(fault.getValue());
    }
    out.writeUTF(outcome.trace());
    out.writeInt(outcome.lines().size());
    for (String line : outcome.lines()) {
      out.writeUTF(line);
    }
    out.writeLong(outcome.images());
  }

  private static void trial(DataInputStream in, DataOutputStream out, WatchedTrial trials)
      throws IOException {
    Verdict verdict = trials.of(in.readUTF(), in.readLong(), in.readLong(), in.readInt());
    Long seed = verdict.seed();
    out.writeBoolean(seed != null);
    if (seed != null) {
      out.writeLong(seed);
      out.writeUTF(String.valueOf(verdict.promise()));
      out.writeUTF(String.valueOf(verdict.what()));
    }
  }
}
