package dev.cairn.simulation.watched;

import dev.cairn.simulation.Folders;
import dev.cairn.simulation.Outcome;
import dev.cairn.simulation.Scope;
import dev.cairn.simulation.Worlds;
import dev.cairn.simulation.mutant.DiskTrials;
import dev.cairn.simulation.mutant.Mutant;
import dev.cairn.simulation.mutant.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Plays worlds on real disks: each in a process of its own under {@code strace}, which records what
 * that process asks of the operating system. A process is used again for the next world. For
 * several threads.
 */
public final class RealWorlds implements Worlds, DiskTrials, AutoCloseable {

  private final Folders folders;
  private final Deque<WatchedProcess> idle = new ArrayDeque<>();
  private final List<WatchedProcess> all = new ArrayList<>();

  /** Records in these folders. */
  public RealWorlds(Folders folders) {
    this.folders = folders;
  }

  /** Whether there is what records. */
  public static boolean isUsable() {
    return WatchedProcess.isUsable();
  }

  @Override
  public Outcome play(long seed, Scope scope, Path folder) {
    return with(process -> process.play(seed, scope, folder));
  }

  @Override
  public Verdict of(Mutant mutant, long firstSeed, long lastSeed, int steps) {
    return with(process -> process.trial(mutant.name(), firstSeed, lastSeed, steps));
  }

  private interface Asking<T> {
    T of(WatchedProcess process) throws IOException;
  }

  private <T> T with(Asking<T> asking) {
    WatchedProcess process = take();
    try {
      T answer = asking.of(process);
      synchronized (this) {
        idle.push(process);
      }
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException("a world's process failed: " + process.said(), e);
    }
  }

  private synchronized WatchedProcess take() {
    WatchedProcess process = idle.poll();
    if (process == null) {
      process = WatchedProcess.start(folders.make());
      all.add(process);
    }
    return process;
  }

  @Override
  public synchronized void close() {
    all.forEach(WatchedProcess::close);
    all.clear();
    idle.clear();
  }
}
