package dev.cairn.protocol.merge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether some two claims with different values were made without knowledge of each other. In the
 * order of their depths a claim has to have seen each earlier one of another value; all earlier
 * ones are compared with all seen ones at once, so that a crowd of claimants costs no more than
 * each of them alone.
 */
final class Concurrency {

  /** Claims up to which every pair is looked at. */
  private static final int PAIRS_OF_MAX = 8;

  private final RecordGraph graph;

  /** By value the depths at which it was claimed so far. */
  private final Map<Encoded, BitSet> ofValue = new TreeMap<>();

  /** The depths at which anything was claimed so far, and those at which several values were. */
  private final BitSet earlier = new BitSet();

  private final BitSet several = new BitSet();

  private Concurrency(RecordGraph graph) {
    this.graph = graph;
  }

  static boolean isAmong(RecordGraph graph, List<Claim> claims) {
    return isAmong(graph, claims, PAIRS_OF_MAX);
  }

  static boolean isAmong(RecordGraph graph, List<Claim> claims, int pairsOfMax) {
    return claims.size() <= pairsOfMax
        ? hasPair(graph, claims)
        : new Concurrency(graph).find(claims);
  }

  private static boolean hasPair(RecordGraph graph, List<Claim> claims) {
    for (int i = 0; i < claims.size(); i++) {
      for (int j = i + 1; j < claims.size(); j++) {
        Placed one = claims.get(i).placed;
        Placed other = claims.get(j).placed;
        if (!graph.hasSeen(one, other)
            && !graph.hasSeen(other, one)
            && !claims.get(i).value.equals(claims.get(j).value)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean find(List<Claim> claims) {
    List<Claim> byDepth = new ArrayList<>(claims);
    byDepth.sort(Comparator.comparingInt(this::depth));
    int from = 0;
    while (from < byDepth.size()) {
      int to = from + 1;
      while (to < byDepth.size() && depth(byDepth.get(to)) == depth(byDepth.get(from))) {
        to++;
      }
      List<Claim> level = byDepth.subList(from, to);
      if (hasPair(graph, level) || missesOne(level)) {
        return true;
      }
      remember(level);
      from = to;
    }
    return false;
  }

  private int depth(Claim claim) {
    return graph.depth(claim.placed.node());
  }

  private void remember(List<Claim> level) {
    for (Claim claim : level) {
      int depth = depth(claim);
      BitSet same = ofValue.computeIfAbsent(new Encoded(claim.value), any -> new BitSet());
      if (earlier.get(depth) && !same.get(depth)) {
        several.set(depth);
      }
      earlier.set(depth);
      same.set(depth);
    }
  }

  /** Whether one of these has not seen an earlier claim of another value. */
  private boolean missesOne(List<Claim> level) {
    BitSet seen = new BitSet();
    graph.collectSeen(level.get(0).placed.node(), seen);
    BitSet unseen = (BitSet) earlier.clone();
    unseen.andNot(seen);
    for (Claim claim : level) {
      BitSet ofOthers = (BitSet) unseen.clone();
      BitSet same = ofValue.get(new Encoded(claim.value));
      if (same != null) {
        ofOthers.andNot(same);
      }
      if (!ofOthers.isEmpty() || several.intersects(unseen)) {
        return true;
      }
    }
    return false;
  }
}
