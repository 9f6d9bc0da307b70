package dev.cairn.protocol.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AncestryTest {

  private static int[][] graph(Random random, int size, boolean circles) {
    int[][] parents = new int[size][];
    for (int change = 0; change < size; change++) {
      int limit = circles && random.nextInt(8) == 0 ? size : change;
      parents[change] = new int[limit == 0 ? 0 : random.nextInt(4)];
      for (int i = 0; i < parents[change].length; i++) {
        parents[change][i] = random.nextInt(limit);
      }
    }
    return parents;
  }

  private static boolean[][] reach(int[][] parents) {
    int size = parents.length;
    boolean[][] reach = new boolean[size][size];
    for (int change = 0; change < size; change++) {
      for (int parent : parents[change]) {
        reach[change][parent] = true;
      }
    }
    for (int middle = 0; middle < size; middle++) {
      for (int from = 0; from < size; from++) {
        for (int to = 0; to < size; to++) {
          reach[from][to] |= reach[from][middle] && reach[middle][to];
        }
      }
    }
    return reach;
  }

  private static void check(Ancestry ancestry, int[][] parents) {
    boolean[][] reach = reach(parents);
    for (int later = 0; later < parents.length; later++) {
      for (int earlier = 0; earlier < parents.length; earlier++) {
        boolean seen = reach[later][earlier] && !reach[earlier][later];
        assertThat(ancestry.hasSeen(later, earlier)).isEqualTo(seen);
        if (seen) {
          assertThat(ancestry.depth(later)).isGreaterThan(ancestry.depth(earlier));
        }
      }
    }
    checkCollected(ancestry, parents.length);
  }

  private static void checkCollected(Ancestry ancestry, int size) {
    BitSet collected = new BitSet();
    for (int later = 0; later < size; later += 3) {
      ancestry.collectSeen(later, collected);
    }
    for (int earlier = 0; earlier < size; earlier++) {
      boolean seen = false;
      for (int later = 0; later < size; later += 3) {
        seen |= ancestry.hasSeen(later, earlier);
      }
      assertThat(collected.get(ancestry.depth(earlier))).isEqualTo(seen);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bits_ofRandomGraphs_tellWhatIsReached(boolean circles) {
    for (int seed = 0; seed < 60; seed++) {
      int[][] parents = graph(new Random(seed), 1 + seed * 2, circles);

      check(Ancestry.of(parents), parents);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void chains_ofRandomGraphs_tellWhatIsReached(boolean circles) {
    for (int seed = 0; seed < 60; seed++) {
      int[][] parents = graph(new Random(seed), 1 + seed * 2, circles);

      check(Ancestry.of(parents, 0), parents);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void chains_withFewerSlotsThanChains_tellWhatIsReached(int slots) {
    for (int seed = 0; seed < 60; seed++) {
      int[][] parents = graph(new Random(seed), 60, false);

      check(new ChainAncestry(Condensation.of(parents), parents, slots), parents);
    }
  }

  @Test
  void changes_onBothSidesOfTheLimit_areToldAlike() {
    for (int size : new int[] {Ancestry.BITS_CHANGES_MAX, Ancestry.BITS_CHANGES_MAX + 1}) {
      int[][] line = new int[size][];
      for (int change = 0; change < size; change++) {
        line[change] = change == 0 ? new int[0] : new int[] {change - 1};
      }
      Ancestry ancestry = Ancestry.of(line);

      assertThat(ancestry.hasSeen(size - 1, 0)).isTrue();
      assertThat(ancestry.hasSeen(0, size - 1)).isFalse();
    }
  }

  @Test
  void longLine_isWalkedWithoutRecursion() {
    int[][] line = new int[100_000][];
    for (int change = 0; change < line.length; change++) {
      line[change] = change + 1 == line.length ? new int[0] : new int[] {change + 1};
    }

    assertThat(Ancestry.of(line).hasSeen(0, line.length - 1)).isTrue();
  }
}
