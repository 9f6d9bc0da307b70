package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.merge.Assertion.Fate;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims about one field and which of them stand: of each claimant the latest. */
final class Standing {

  /** Standing claims up to which each is told which of the others its author had seen. */
  static final int SEEN_TOLD_MAX = 64;

  private final RecordGraph graph;
  private final List<Claim> claims;
  private final Map<MemberId, BitSet> beforeWithdrawn;
  private final List<Claim> standing = new ArrayList<>(2);
  private @Nullable Map<ChangeId, CborValue> ofChange;

  /** Takes the claims in the order of their clocks. */
  Standing(RecordGraph graph, List<Claim> claims, List<Withdrawn> withdrawn) {
    this.graph = graph;
    this.claims = claims;
    this.beforeWithdrawn = beforeWithdrawn(graph, withdrawn);
    for (List<Claim> own : byClaimant().values()) {
      choose(own);
    }
    for (Claim claim : claims) {
      if (claim.stands()) {
        standing.add(claim);
      }
    }
  }

  private Map<Object, List<Claim>> byClaimant() {
    if (claims.size() == 1) {
      return Collections.singletonMap(claims.get(0).claimant, claims);
    }
    Map<Object, List<Claim>> byClaimant = new LinkedHashMap<>();
    for (Claim claim : claims) {
      byClaimant.computeIfAbsent(claim.claimant, any -> new ArrayList<>(2)).add(claim);
    }
    return byClaimant;
  }

  /** The greatest is nearly always the one that no other had seen, so it is tried first. */
  private void choose(List<Claim> own) {
    SeenBy others = new SeenBy(graph);
    for (Claim claim : own) {
      if (!claim.retracted()) {
        others.add(claim.placed);
      }
    }
    for (int i = own.size() - 1; i >= 0; i--) {
      Claim claim = own.get(i);
      if (!claim.retracted() && !others.contains(claim.placed) && !withdrawnAfter(claim)) {
        claim.fate = Fate.STANDING;
        return;
      }
    }
  }

  /** For each member whose statement was withdrawn all that this statement had seen. */
  private static Map<MemberId, BitSet> beforeWithdrawn(
      RecordGraph graph, List<Withdrawn> withdrawn) {
    if (withdrawn.isEmpty()) {
      return Collections.emptyMap();
    }
    Map<MemberId, BitSet> before = new HashMap<>();
    for (Withdrawn gone : withdrawn) {
      Author author = graph.author(gone.device);
      if (author != null) {
        graph.collectSeen(gone, before.computeIfAbsent(author.member(), any -> new BitSet()));
      }
    }
    return before;
  }

  /** A withdrawn statement leaves no value, but what it had replaced does not come back. */
  private boolean withdrawnAfter(Claim claim) {
    BitSet before = beforeWithdrawn.get(claim.placed.member());
    return before != null && graph.isAmong(before, claim.placed);
  }

  /** All claims, in the order of their clocks. */
  List<Claim> claims() {
    return claims;
  }

  /** Those that stand, in the order of their clocks. */
  List<Claim> standing() {
    return standing;
  }

  /** What a change claims, by its last word, whatever became of it. */
  @Nullable CborValue claimed(ChangeId change) {
    Map<ChangeId, CborValue> values = ofChange;
    if (values == null) {
      values = new HashMap<>();
      for (Claim claim : claims) {
        values.put(claim.placed.change(), claim.value);
      }
      ofChange = values;
    }
    return values.get(change);
  }

  boolean severalValues() {
    for (int i = 1; i < standing.size(); i++) {
      if (!standing.get(i).value.equals(standing.get(0).value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether some two with different values were stated without knowledge of each other. */
  boolean concurrent() {
    return Concurrency.isAmong(graph, standing);
  }

  /**
   * Of the other standing claims the changes which this one's author had seen; none where more
   * stand than anybody reads.
   */
  List<ChangeId> seenBy(Claim claim) {
    if (standing.size() > SEEN_TOLD_MAX) {
      return Collections.emptyList();
    }
    List<ChangeId> seen = new ArrayList<>();
    for (Claim other : standing) {
      if (other != claim && graph.hasSeen(claim.placed, other.placed)) {
        seen.add(other.placed.change());
      }
    }
    return seen;
  }
}
