package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Merging;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From the claims and decisions about one field to its state. */
final class RegisterMerge {

  private final RecordGraph graph;
  private final Field field;
  private final Standing claims;
  private final Decisions decisions;
  private final boolean withdrawn;

  RegisterMerge(
      RecordGraph graph,
      Field field,
      List<Claim> claims,
      List<Placed> decided,
      List<Withdrawn> withdrawn,
      Undoing undoing) {
    this.graph = graph;
    this.field = field;
    this.claims = new Standing(graph, claims, withdrawn);
    this.decisions = new Decisions(graph, decided, this.claims, undoing);
    this.withdrawn = !withdrawn.isEmpty();
  }

  /** The state of the field; null if there is nothing to say of it. */
  @Nullable FieldState state() {
    if (!decisions.inForce().isEmpty()) {
      return decided();
    }
    List<Claim> standing = claims.standing();
    if (standing.isEmpty()) {
      if (withdrawn) {
        return state(Status.WITHDRAWN, Rule.NONE, null);
      }
      return claims.claims().isEmpty() ? null : state(Status.RETRACTED, Rule.NONE, null);
    }
    if (field.merging() == Merging.EARLIEST) {
      return state(Status.AGREED, Rule.EARLIEST, earliest());
    }
    if (!claims.severalValues()) {
      return state(Status.AGREED, Rule.ONE_VALUE, standing.get(0).value);
    }
    Status status = claims.concurrent() ? Status.CONCURRENT : Status.CORRECTION;
    return state(status, Rule.LATEST_UNSEEN, latestUnseen(candidates(standing)));
  }

  private FieldState decided() {
    List<Claim> open = decisions.unsettled();
    boolean several = decisions.inConflict();
    Decision decision = decisions.inForce().get(0).decision();
    if (!several && open.isEmpty()) {
      return decision.keepsAll()
          ? state(Status.KEPT_ALL, Rule.NONE, null)
          : state(Status.DECIDED, Rule.DECISION, decision.value().orElse(null));
    }
    Status status = several ? Status.DECISIONS_IN_CONFLICT : Status.REOPENED;
    boolean kept = !several && decision.keepsAll();
    List<Candidate> candidates = candidates(kept ? claims.standing() : open);
    for (Decisions.Holding holding : decisions.inForce()) {
      CborValue value = holding.decision().value().orElse(null);
      if (value != null) {
        candidates.add(new Candidate(holding.placed(), value));
      }
    }
    Collections.sort(candidates);
    return state(status, Rule.LATEST_UNSEEN, latestUnseen(candidates));
  }

  private CborValue earliest() {
    for (Claim claim : claims.claims()) {
      if (!claim.retracted()) {
        return claim.value;
      }
    }
    throw new AssertionError("what stands is not retracted");
  }

  /** A value that may be shown, and where it was said. */
  private record Candidate(Placed placed, CborValue value) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      return placed.compareTo(other.placed);
    }
  }

  private static List<Candidate> candidates(List<Claim> claims) {
    List<Candidate> candidates = new ArrayList<>(claims.size() + 1);
    for (Claim claim : claims) {
      candidates.add(new Candidate(claim.placed, claim.value));
    }
    return candidates;
  }

  private CborValue latestUnseen(List<Candidate> candidates) {
    SeenBy others = new SeenBy(graph);
    for (Candidate candidate : candidates) {
      others.add(candidate.placed());
    }
    for (int i = candidates.size() - 1; i >= 0; i--) {
      if (!others.contains(candidates.get(i).placed())) {
        return candidates.get(i).value();
      }
    }
    throw new AssertionError("an order without a greatest");
  }

  private FieldState state(Status status, Rule rule, @Nullable CborValue shown) {
    List<Assertion> history = new ArrayList<>(claims.claims().size());
    for (Claim claim : claims.claims()) {
      boolean tell = status.inConflict() && claim.stands();
      List<ChangeId> seen = tell ? claims.seenBy(claim) : Collections.emptyList();
      history.add(claim.assertion(seen));
    }
    return new FieldState(field, status, rule, shown, values(history), decisions.all(), history);
  }

  private List<FieldValue> values(List<Assertion> history) {
    List<FieldValue> values = new ArrayList<>(1);
    List<Assertion> standing = new ArrayList<>(2);
    for (Assertion assertion : history) {
      if (assertion.fate() == Assertion.Fate.STANDING) {
        standing.add(assertion);
      }
    }
    if (decisions.inForce().isEmpty() && standing.size() == 1) {
      values.add(new FieldValue(standing.get(0).value(), standing, Collections.emptyList()));
      return values;
    }
    Map<Encoded, Behind> all = new TreeMap<>();
    for (Assertion assertion : standing) {
      behind(all, assertion.value()).assertions.add(assertion);
    }
    for (Decisions.Holding holding : decisions.inForce()) {
      CborValue value = holding.decision().value().orElse(null);
      if (value != null) {
        behind(all, value).decisions.add(holding.decision());
      }
    }
    for (Behind behind : all.values()) {
      values.add(new FieldValue(behind.value, behind.assertions, behind.decisions));
    }
    return values;
  }

  /** Who stands behind a value. */
  private static final class Behind {
    final CborValue value;
    final List<Assertion> assertions = new ArrayList<>(1);
    final List<Decision> decisions = new ArrayList<>(0);

    Behind(CborValue value) {
      this.value = value;
    }
  }

  private static Behind behind(Map<Encoded, Behind> values, CborValue value) {
    return values.computeIfAbsent(new Encoded(value), any -> new Behind(value));
  }
}
