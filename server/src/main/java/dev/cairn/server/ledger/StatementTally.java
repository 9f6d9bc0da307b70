package dev.cairn.server.ledger;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.Admission;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many statements a space holds, and on whose account: so that nobody takes the place of
 * others, and whoever fills his own cannot keep himself from being cut off.
 *
 * <p>An admission is on the account of who invited. What a suspended device signed, or an admission
 * of one, stays on its account and takes no place of others; its account is no smaller, for whoever
 * cuts off his accuser first must not keep him silent. Suspensions and releases by owners have a
 * place of their own; those of the recovery key, and its replacements, are never refused.
 */
final class StatementTally {

  private final RosterState roster;
  private final Map<DeviceId, Integer> shared = new HashMap<>();
  private final Map<DeviceId, Integer> removals = new HashMap<>();
  private int sharedTotal;

  /** Counts what a space holds, by its present roster. */
  StatementTally(RosterState roster) {
    this.roster = roster;
    roster.statements().forEach(this::add);
  }

  /** Counts one more. */
  void add(Statement statement) {
    if (isFree(statement)) {
      return;
    }
    DeviceId payer = payer(statement);
    if (isRemoval(statement) && isOwner(payer)) {
      removals.merge(payer, 1, Integer::sum);
      return;
    }
    shared.merge(payer, 1, Integer::sum);
    if (!roster.isSuspended(payer) && !admitsSuspended(statement)) {
      sharedTotal++;
    }
  }

  /** What speaks against one more. */
  Optional<RefusalCode> refusal(Statement statement, Quotas quotas) {
    if (isFree(statement)) {
      return Optional.empty();
    }
    DeviceId payer = payer(statement);
    boolean owner = isOwner(payer);
    if (isRemoval(statement) && owner) {
      return removals.getOrDefault(payer, 0) >= quotas.coordinatorStatementsMax()
          ? Optional.of(RefusalCode.QUOTA_DEVICE)
          : Optional.empty();
    }
    if (sharedTotal >= quotas.spaceStatementsMax()) {
      return Optional.of(RefusalCode.QUOTA_SPACE);
    }
    return !owner && shared.getOrDefault(payer, 0) >= shareOf(payer, quotas)
        ? Optional.of(RefusalCode.QUOTA_DEVICE)
        : Optional.empty();
  }

  private int shareOf(DeviceId payer, Quotas quotas) {
    return roster.everCoordinated(payer)
        ? quotas.coordinatorStatementsMax()
        : quotas.reporterStatementsMax();
  }

  private static boolean isRemoval(Statement statement) {
    return statement.kind() == StatementKind.SUSPENSION
        || statement.kind() == StatementKind.RELEASE;
  }

  private boolean isFree(Statement statement) {
    return (isRemoval(statement) || statement.kind() == StatementKind.REPLACEMENT)
        && roster
            .recovery()
            .map(keys -> statement.signers().contains(keys.signKey()))
            .orElse(false);
  }

  private boolean isOwner(DeviceId device) {
    return roster.device(device).map(entry -> entry.role() == Role.OWNER).orElse(false);
  }

  private boolean admitsSuspended(Statement statement) {
    return statement.content() instanceof Admission admission
        && roster.isSuspended(admission.keys().device());
  }

  private DeviceId payer(Statement statement) {
    if (statement.content() instanceof Admission admission) {
      Optional<Statement> invitation = roster.statement(admission.invitation());
      if (invitation.isPresent()) {
        return invitation.get().signers().get(0);
      }
    }
    // Of a later kind several may sign: the one whose power lets it in, not a key made for it.
    return statement.signers().stream()
        .filter(roster::everCoordinated)
        .findFirst()
        .orElse(statement.signers().get(0));
  }
}
