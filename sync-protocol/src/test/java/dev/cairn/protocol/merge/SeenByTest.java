package dev.cairn.protocol.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.merge.RandomHistory.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Questions about many operations at once, against the same questions one by one. */
class SeenByTest {

  private static List<Placed> some(RecordGraph graph, Random random, int in) {
    List<Placed> some = new ArrayList<>();
    for (Node node : graph.nodes()) {
      for (int index = 0; index < node.operations().size(); index++) {
        if (random.nextInt(in) == 0) {
          some.add(new Placed(node, index, node.operations().get(index)));
        }
      }
    }
    return some;
  }

  private static RecordGraph graph(long seed, int bitsChangesMax) {
    RandomHistory history = new RandomHistory(seed, 40, Kind.WILD);
    return RecordGraph.of(
        history.changes,
        history.erasures(),
        history,
        parents -> Ancestry.of(parents, bitsChangesMax));
  }

  @Test
  void seen_byAnyOfSeveral_isWhatOneOfThemHadSeen() {
    for (long seed = 0; seed < 80; seed++) {
      RecordGraph graph = graph(seed, seed % 2 == 0 ? 0 : 100);
      List<Placed> asked = some(graph, new Random(seed), 1 + (int) (seed % 30));
      SeenBy seen = SeenBy.of(graph, asked);

      for (Placed said : some(graph, new Random(seed), 1)) {
        boolean expected = false;
        for (Placed one : asked) {
          expected |= graph.hasSeen(one, said);
        }
        assertThat(seen.contains(said)).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  @Test
  void concurrency_amongMany_isThatOfSomePair() {
    int concurrent = 0;
    for (long seed = 0; seed < 400; seed++) {
      RecordGraph graph = graph(seed, seed % 2 == 0 ? 0 : 100);
      Random random = new Random(seed);
      List<Claim> claims = new ArrayList<>();
      for (Placed placed : some(graph, random, 1 + random.nextInt(60))) {
        CborValue value = CborValue.of(random.nextInt(4) == 0 ? "b" : "a");
        claims.add(new Claim(placed, value, placed, false));
      }

      boolean pairs = Concurrency.isAmong(graph, claims, claims.size());
      assertThat(Concurrency.isAmong(graph, claims, 0)).as("seed %d", seed).isEqualTo(pairs);
      concurrent += pairs ? 1 : 0;
    }
    assertThat(concurrent).isBetween(50, 350);
  }
}
