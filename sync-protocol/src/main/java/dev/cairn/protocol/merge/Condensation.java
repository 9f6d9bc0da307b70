package dev.cairn.protocol.merge;

import java.util.Arrays;

/**
 * Changes numbered so that each comes after those it names; changes which reach each other in a
 * circle get one number. Tarjan's strongly connected components (1972), without recursion: a chain
 * may be as long as memory.
 */
final class Condensation {

  private static final int UNSEEN = -1;

  private final int[] numberOf;
  private final int count;

  private Condensation(int[] numberOf, int count) {
    this.numberOf = numberOf;
    this.count = count;
  }

  int count() {
    return count;
  }

  int numberOf(int change) {
    return numberOf[change];
  }

  /** All changes, by ascending number. */
  int[] oldestFirst() {
    int[] next = new int[count + 1];
    for (int number : numberOf) {
      next[number + 1]++;
    }
    for (int number = 0; number < count; number++) {
      next[number + 1] += next[number];
    }
    int[] changes = new int[numberOf.length];
    for (int change = 0; change < changes.length; change++) {
      changes[next[numberOf[change]]++] = change;
    }
    return changes;
  }

  static Condensation of(int[][] parents) {
    Walk walk = new Walk(parents);
    for (int change = 0; change < parents.length; change++) {
      if (walk.found[change] == UNSEEN) {
        walk.from(change);
      }
    }
    return new Condensation(walk.numberOf, walk.count);
  }

  /** A depth-first walk towards the oldest; components are complete oldest first. */
  private static final class Walk {
    private final int[][] parents;
    private final int[] found;
    private final int[] low;
    private final int[] nextParent;
    private final int[] path;
    private final int[] open;
    private final int[] numberOf;
    private int pathSize;
    private int openSize;
    private int clock;
    private int count;

    Walk(int[][] parents) {
      int size = parents.length;
      this.parents = parents;
      found = new int[size];
      low = new int[size];
      nextParent = new int[size];
      path = new int[size];
      open = new int[size];
      numberOf = new int[size];
      Arrays.fill(found, UNSEEN);
      Arrays.fill(numberOf, UNSEEN);
    }

    void from(int start) {
      enter(start);
      while (pathSize > 0) {
        int change = path[pathSize - 1];
        if (nextParent[change] < parents[change].length) {
          step(change, parents[change][nextParent[change]++]);
        } else {
          leave(change);
        }
      }
    }

    private void enter(int change) {
      found[change] = clock;
      low[change] = clock++;
      path[pathSize++] = change;
      open[openSize++] = change;
    }

    private void step(int change, int parent) {
      if (found[parent] == UNSEEN) {
        enter(parent);
      } else if (numberOf[parent] == UNSEEN) {
        low[change] = Math.min(low[change], found[parent]);
      }
    }

    private void leave(int change) {
      pathSize--;
      if (pathSize > 0) {
        int child = path[pathSize - 1];
        low[child] = Math.min(low[child], low[change]);
      }
      if (low[change] == found[change]) {
        int member;
        do {
          member = open[--openSize];
          numberOf[member] = count;
        } while (member != change);
        count++;
      }
    }
  }
}
