package dev.cairn.server.ledger;

import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Admission;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.InvitationState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementVerdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a statement goes into the log: it is this space's, well signed, names only heads that are
 * there, and has force once it is added, or had it and comes from who may bring it ({@link
 * Bringer}). Uses and expiry of an invitation are looked at here and nowhere else: they slow down
 * whoever found one, and are no rule of the roster.
 */
final class StatementRules {

  private final SpaceBatch batch;
  private final Quotas quotas;
  private final long nowSeconds;

  StatementRules(SpaceBatch batch, Quotas quotas, long nowSeconds) {
    this.batch = batch;
    this.quotas = quotas;
    this.nowSeconds = nowSeconds;
  }

  Answer judge(Statement statement, Bringer by) throws StoreException {
    if (!statement.space().equals(batch.space())) {
      return refused(RefusalCode.SPACE_OTHER);
    }
    OptionalLong known = batch.position(statement.id());
    if (known.isPresent()) {
      return new Answer.Placed(List.of(known.getAsLong()));
    }
    if (!statement.signaturesValid()) {
      return refused(RefusalCode.STATEMENT_SIGNATURE);
    }
    boolean isGap = isGap(statement);
    if (isGap && !by.bringsAlone()) {
      return refused(RefusalCode.STATEMENT_GAP);
    }
    StatementVerdict worth = batch.rosterToJudge(statement).worth(statement);
    if (!isTaken(statement, worth, by)) {
      return refused(
          isGap && by.bringsAgain() && worth == StatementVerdict.POWERLESS
              ? RefusalCode.STATEMENT_GAP
              : RefusalCode.STATEMENT_NO_AUTHORITY);
    }
    Optional<RefusalCode> throttled = by.admitsLate() ? Optional.empty() : throttle(statement);
    if (throttled.isEmpty()) {
      throttled = batch.tally().refusal(statement, quotas);
    }
    if (throttled.isPresent()) {
      return refused(throttled.get());
    }
    if (statement.content() instanceof Generation generation
        && !GenerationRules.opens(batch, generation)) {
      return refused(RefusalCode.GENERATION_OTHER);
    }
    return add(statement);
  }

  private boolean isGap(Statement statement) throws StoreException {
    for (StatementId head : statement.heads()) {
      if (batch.position(head).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** What only a later version knows is logged for those who have one. */
  private static boolean isTaken(Statement statement, StatementVerdict worth, Bringer by) {
    return switch (worth) {
      case STANDS, NEWER -> true;
      case VOID -> by.bringsVoid(statement);
      case POWERLESS -> false;
    };
  }

  private Optional<RefusalCode> throttle(Statement statement) {
    if (!(statement.content() instanceof Admission admission)) {
      return Optional.empty();
    }
    Optional<InvitationState> found = batch.roster().invitation(admission.invitation());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    InvitationState invitation = found.get();
    if (invitation.isExpired(nowSeconds)) {
      return Optional.of(RefusalCode.INVITATION_EXPIRED);
    }
    boolean isNew = !invitation.admitted().contains(admission.keys().device());
    return isNew && invitation.admitted().size() >= invitation.invitation().uses()
        ? Optional.of(RefusalCode.INVITATION_USED_UP)
        : Optional.empty();
  }

  private Answer add(Statement statement) {
    long position = batch.nextPosition();
    batch.add(statement);
    return new Answer.Placed(List.of(position));
  }

  private static Answer refused(RefusalCode code) {
    return new Answer.Refused(code.code());
  }
}
