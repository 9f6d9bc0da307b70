package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a device shows to prove that it is in: how it came in, and how those came in who let it.
 * They are coordinators, whom every member's device knows of; nobody else is in it.
 */
final class MembershipChain {

  private final RosterState state;
  private final SortedMap<StatementId, Statement> chain = new TreeMap<>();
  private final Set<DeviceId> seen = new HashSet<>();
  private final Deque<DeviceId> open = new ArrayDeque<>();

  private MembershipChain(RosterState state) {
    this.state = state;
  }

  static List<Statement> of(RosterState state, DeviceId device) {
    MembershipChain links = new MembershipChain(state);
    links.needs(device);
    while (!links.open.isEmpty()) {
      links.include(links.open.remove());
    }
    return new ArrayList<>(links.chain.values());
  }

  private void needs(DeviceId device) {
    if (seen.add(device)) {
      open.add(device);
    }
  }

  private void include(DeviceId device) {
    Optional<DeviceEntry> entry = state.device(device);
    if (!entry.isPresent()) {
      return;
    }
    StatementId reason = entry.get().statement();
    state.statement(StatementId.of(state.space().bytes())).ifPresent(this::add);
    state.statement(reason).ifPresent(this::add);
    Optional<Admission> admission =
        state
            .statement(reason)
            .map(Statement::content)
            .filter(Admission.class::isInstance)
            .map(Admission.class::cast);
    if (admission.isPresent()) {
      state.statement(admission.get().invitation()).ifPresent(this::signed);
      confirmation(reason).ifPresent(this::signed);
    }
  }

  /** The confirmation that leads to an owner soonest: else two could rest on each other. */
  private Optional<Statement> confirmation(StatementId admission) {
    Statement best = null;
    for (Statement statement : state.statements()) {
      if (statement.content() instanceof Confirmation confirmation
          && confirmation.admission().equals(admission)
          && state.verdict(statement) == StatementVerdict.STANDS
          && (best == null || (distance(statement) < distance(best)))) {
        best = statement;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many invitations lie between an owner and who signed. */
  private int distance(Statement statement) {
    Set<DeviceId> passed = new HashSet<>();
    Optional<DeviceId> at = Optional.of(statement.signer());
    while (at.isPresent() && passed.add(at.get())) {
      at = state.device(at.get()).flatMap(DeviceEntry::inviter);
    }
    return passed.size();
  }

  private void signed(Statement statement) {
    add(statement);
    statement.signers().forEach(this::needs);
  }

  private void add(Statement statement) {
    chain.put(statement.id(), statement);
  }
}
