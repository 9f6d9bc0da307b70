package dev.cairn.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a world that fails smaller: first fewer steps, by halves; then whole runs of steps are left
 * out, ever shorter ones, as long as it still fails (after Zeller and Hildebrandt, Simplifying and
 * Isolating Failure-Inducing Input, 2002). Does not play more worlds than it is allowed to, and
 * gives the smallest that failed.
 */
public final class Shrinking {

  /** Plays a part of the world. */
  public interface Player {
    /** Whether it still fails in the same way. */
    boolean fails(Scope scope);
  }

  private final Player player;
  private int left;
  private Scope smallest;

  private Shrinking(Player player, Scope failing, int worldsMax) {
    this.player = player;
    this.smallest = failing;
    this.left = worldsMax;
  }

  /**
   * Finds a smaller world.
   *
   * @param failing one that fails
   * @param worldsMax how many worlds may be played
   */
  public static Scope of(Player player, Scope failing, int worldsMax) {
    Shrinking shrinking = new Shrinking(player, failing, worldsMax);
    shrinking.cutOff();
    shrinking.leaveOut();
    return shrinking.smallest;
  }

  private boolean fails(Scope scope) {
    if (left == 0) {
      return false;
    }
    left--;
    if (!player.fails(scope)) {
      return false;
    }
    smallest = scope;
    return true;
  }

  private void cutOff() {
    int passes = -1;
    while (left > 0 && smallest.steps() - passes > 1) {
      int middle = passes + (smallest.steps() - passes) / 2;
      if (!fails(new Scope(middle, below(smallest.skipped(), middle)))) {
        passes = middle;
      }
    }
  }

  private static Set<Integer> below(Set<Integer> steps, int end) {
    Set<Integer> below = new TreeSet<>(steps);
    below.removeIf(step -> step >= end);
    return below;
  }

  private void leaveOut() {
    List<Integer> played = played();
    for (int run = played.size() / 2; run >= 1 && left > 0; run /= 2) {
      // From the last to the first: what comes later rests on what came before.
      for (int to = played.size(); to > 0 && left > 0; to -= run) {
        Set<Integer> skipped = new TreeSet<>(smallest.skipped());
        skipped.addAll(played.subList(Math.max(0, to - run), to));
        fails(new Scope(smallest.steps(), skipped));
      }
      played = played();
    }
  }

  private List<Integer> played() {
    List<Integer> played = new ArrayList<>();
    for (int step = 0; step < smallest.steps(); step++) {
      if (!smallest.skipped().contains(step)) {
        played.add(step);
      }
    }
    return played;
  }
}
