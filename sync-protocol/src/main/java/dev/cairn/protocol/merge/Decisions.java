package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.merge.Decision.Force;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decisions about one field: which hold, and what they settle. */
final class Decisions {

  /** A decision that holds, in its place. */
  record Holding(Placed placed, Decision decision) {}

  private final RecordGraph graph;
  private final Standing claims;
  private final List<Decision> all = new ArrayList<>(1);
  private final List<Holding> inForce = new ArrayList<>(1);
  private final Set<ChangeId> settled = new HashSet<>();

  /** Takes the decisions in the order of their clocks. */
  Decisions(RecordGraph graph, List<Placed> decided, Standing claims, Undoing undoing) {
    this.graph = graph;
    this.claims = claims;
    List<Placed> holding = new ArrayList<>(decided.size());
    for (Placed placed : decided) {
      if (force(placed, undoing) == Force.IN_FORCE) {
        holding.add(placed);
        settled.addAll(operation(placed).settles());
      }
    }
    for (Placed placed : decided) {
      Force force = force(placed, undoing);
      if (force == Force.IN_FORCE && replaced(placed, holding)) {
        force = Force.REPLACED;
      }
      CborValue value = value(placed);
      Decision decision = new Decision(placed.origin(), operation(placed), value, force);
      all.add(decision);
      if (force == Force.IN_FORCE) {
        inForce.add(new Holding(placed, decision));
      }
    }
  }

  private static Operation.Decide operation(Placed placed) {
    return (Operation.Decide) placed.operation();
  }

  private Force force(Placed placed, Undoing undoing) {
    if (undoing.reaches(placed.node())) {
      return Force.UNDONE;
    }
    boolean waits = operation(placed).outcome() instanceof Outcome.Choose && value(placed) == null;
    return waits ? Force.WAITING : Force.IN_FORCE;
  }

  private boolean replaced(Placed placed, List<Placed> holding) {
    for (Placed other : holding) {
      if (graph.hasSeen(other, placed)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable CborValue value(Placed placed) {
    Outcome outcome = operation(placed).outcome();
    if (outcome instanceof Outcome.Value other) {
      return other.value();
    }
    if (!(outcome instanceof Outcome.Choose choose)) {
      return null;
    }
    CborValue chosen = null;
    for (Claim claim : claims.claims()) {
      if (claim.placed.change().equals(choose.change())) {
        chosen = claim.value;
      }
    }
    return chosen;
  }

  /** All, in the order of their clocks. */
  List<Decision> all() {
    return all;
  }

  /** Those that hold and were not replaced, in the order of their clocks. */
  List<Holding> inForce() {
    return inForce;
  }

  /** Whether those in force come to different things. */
  boolean inConflict() {
    for (Holding holding : inForce) {
      if (!holding.decision().agreesWith(inForce.get(0).decision())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a decision that holds names the claim, or a later one of the same claimant. */
  boolean settles(Claim claim) {
    if (settled.contains(claim.placed.change())) {
      return true;
    }
    for (Claim later : claims.ofClaimant(claim)) {
      if (settled.contains(later.placed.change()) && graph.hasSeen(later.placed, claim.placed)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The standing claims of another value than decided that are not settled: each reopens the field.
   * Where all values are kept, the settled ones are those.
   */
  List<Claim> unsettled() {
    Set<CborValue> accepted = new HashSet<>();
    boolean keepsAll = false;
    for (Holding holding : inForce) {
      keepsAll |= holding.decision().keepsAll();
      holding.decision().value().ifPresent(accepted::add);
    }
    List<Claim> open = new ArrayList<>();
    for (Claim claim : claims.standing()) {
      if (!settles(claim)) {
        open.add(claim);
      } else if (keepsAll) {
        accepted.add(claim.value);
      }
    }
    open.removeIf(claim -> accepted.contains(claim.value));
    return open;
  }
}
