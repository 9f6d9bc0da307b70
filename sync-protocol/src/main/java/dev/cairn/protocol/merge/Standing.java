package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.Assertion.Fate;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The claims about one field and which of them stand: of each claimant the latest. */
final class Standing {

  private final RecordGraph graph;
  private final List<Claim> claims;
  private final List<Withdrawn> withdrawn;
  private final List<Claim> standing = new ArrayList<>(2);
  private Map<Object, List<Claim>> byClaimant = Collections.emptyMap();

  /** Takes the claims in the order of their clocks. */
  Standing(RecordGraph graph, List<Claim> claims, List<Withdrawn> withdrawn) {
    this.graph = graph;
    this.claims = claims;
    this.withdrawn = withdrawn;
    if (claims.size() == 1) {
      byClaimant = Collections.singletonMap(claims.get(0).claimant, claims);
    } else if (!claims.isEmpty()) {
      byClaimant = new LinkedHashMap<>();
      for (Claim claim : claims) {
        byClaimant.computeIfAbsent(claim.claimant, any -> new ArrayList<>(2)).add(claim);
      }
    }
    for (List<Claim> own : byClaimant.values()) {
      choose(own);
    }
    for (Claim claim : claims) {
      if (claim.stands()) {
        standing.add(claim);
      }
    }
  }

  /** The greatest is nearly always the one that no other had seen, so it is tried first. */
  private void choose(List<Claim> own) {
    for (int i = own.size() - 1; i >= 0; i--) {
      Claim claim = own.get(i);
      if (!claim.retracted() && !superseded(claim, own) && !withdrawnAfter(claim)) {
        claim.fate = Fate.STANDING;
        return;
      }
    }
  }

  private boolean superseded(Claim claim, List<Claim> own) {
    for (Claim other : own) {
      if (other != claim && !other.retracted() && graph.hasSeen(other.placed, claim.placed)) {
        return true;
      }
    }
    return false;
  }

  /** A withdrawn statement leaves no value, but what it had replaced does not come back. */
  private boolean withdrawnAfter(Claim claim) {
    for (Withdrawn gone : withdrawn) {
      if (graph.hasSeen(gone, claim.placed)) {
        for (DeviceId device : gone.devices()) {
          Author author = graph.author(device);
          if (author != null && author.member().equals(claim.placed.member())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** All claims, in the order of their clocks. */
  List<Claim> claims() {
    return claims;
  }

  /** Those that stand, in the order of their clocks. */
  List<Claim> standing() {
    return standing;
  }

  /** Claims of the same claimant, the claim itself among them. */
  List<Claim> ofClaimant(Claim claim) {
    return byClaimant.getOrDefault(claim.claimant, Collections.emptyList());
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
    for (int i = 0; i < standing.size(); i++) {
      for (int j = i + 1; j < standing.size(); j++) {
        Placed one = standing.get(i).placed;
        Placed other = standing.get(j).placed;
        if (!graph.hasSeen(one, other)
            && !graph.hasSeen(other, one)
            && !standing.get(i).value.equals(standing.get(j).value)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of the other standing claims the changes which this one's author had seen. */
  List<ChangeId> seenBy(Claim claim) {
    List<ChangeId> seen = new ArrayList<>();
    for (Claim other : standing) {
      if (other != claim && graph.hasSeen(claim.placed, other.placed)) {
        seen.add(other.placed.change());
      }
    }
    return seen;
  }
}
