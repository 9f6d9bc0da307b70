package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.merge.Decision.Force;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The decisions about one field: which hold, and what they settle. */
final class Decisions {

  /** A decision that holds, in its place. */
  record Holding(Placed placed, Decision decision) {}

  private final Standing claims;
  private final List<Decision> all = new ArrayList<>(1);
  private final List<Holding> inForce = new ArrayList<>(1);
  private final Set<ChangeId> settled = new HashSet<>();
  private final Map<Object, SeenBy> settledOf = new HashMap<>();

  /** Takes the decisions in the order of their clocks. */
  Decisions(RecordGraph graph, List<Placed> decided, Standing claims, Undoing undoing) {
    this.claims = claims;
    SeenBy holding = new SeenBy(graph);
    for (Placed placed : decided) {
      if (force(placed, undoing) == Force.IN_FORCE) {
        holding.add(placed);
        settled.addAll(operation(placed).settles());
      }
    }
    settle(graph);
    for (Placed placed : decided) {
      Force force = force(placed, undoing);
      if (force == Force.IN_FORCE && holding.contains(placed)) {
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

  /** Of each claimant the claims which a decision that holds names. */
  private void settle(RecordGraph graph) {
    for (Claim claim : settled.isEmpty() ? Collections.<Claim>emptyList() : claims.claims()) {
      if (settled.contains(claim.placed.change())) {
        settledOf.computeIfAbsent(claim.claimant, any -> new SeenBy(graph)).add(claim.placed);
      }
    }
  }

  private @Nullable CborValue value(Placed placed) {
    Outcome outcome = operation(placed).outcome();
    if (outcome instanceof Outcome.Value other) {
      return other.value();
    }
    return outcome instanceof Outcome.Choose choose ? claims.claimed(choose.change()) : null;
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
    SeenBy ofClaimant = settledOf.get(claim.claimant);
    return ofClaimant != null && ofClaimant.contains(claim.placed);
  }

  /**
   * The standing claims of another value than decided that are not settled: each reopens the field.
   * Where all values are kept, the settled ones are those.
   */
  List<Claim> unsettled() {
    Set<Encoded> accepted = new TreeSet<>();
    boolean keepsAll = false;
    for (Holding holding : inForce) {
      keepsAll |= holding.decision().keepsAll();
      holding.decision().value().map(Encoded::new).ifPresent(accepted::add);
    }
    List<Claim> open = new ArrayList<>();
    for (Claim claim : claims.standing()) {
      if (!settles(claim)) {
        open.add(claim);
      } else if (keepsAll) {
        accepted.add(new Encoded(claim.value));
      }
    }
    open.removeIf(claim -> accepted.contains(new Encoded(claim.value)));
    return open;
  }
}
