package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementVerdict;
import dev.cairn.server.limits.ServerLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction does to a space that is being refilled. What is in its log is answered as
 * always, what is wanted is kept aside, and everything else has to wait; but for the statement of
 * an owner that opens the next generation.
 */
final class RefillBatch {

  private static final Answer LATER = new Answer.Refused(RefusalCode.LOG_REFILLING.code());

  private final LedgerTransaction transaction;
  private final SpaceSnapshot before;
  private final LogSigner signer;
  private final Quotas quotas;
  private final RefillIntake intake;
  private @Nullable RefillWork opened;
  private boolean heldGeneration;

  RefillBatch(
      LedgerTransaction transaction, SpaceSnapshot before, LogSigner signer, Quotas quotas) {
    this.transaction = transaction;
    this.before = before;
    this.signer = signer;
    this.quotas = quotas;
    this.intake = new RefillIntake(transaction, before);
  }

  RefillIntake intake() {
    return intake;
  }

  /** Whether there is anything to commit. */
  boolean changed() {
    return intake.changed() || heldGeneration || opened != null;
  }

  /** How the space goes on if a generation was opened. */
  Optional<RefillWork> opened() {
    return Optional.ofNullable(opened);
  }

  Answer answer(Offer offer) throws StoreException {
    if (opened != null) {
      return new Answer.Refused(RefusalCode.LOG_GENERATION.code());
    }
    if (offer instanceof Offer.OfStatement statement) {
      return answer(statement.statement());
    }
    if (offer instanceof Offer.OfFrame frame) {
      return answer(frame.frame());
    }
    return new Answer.Refused(((Offer.Refused) offer).code());
  }

  private Answer answer(Frame frame) throws StoreException {
    List<Long> positions = new ArrayList<>();
    for (Change change : frame.changes()) {
      OptionalLong position = transaction.position(before.space(), change.id());
      position.ifPresent(positions::add);
    }
    if (positions.size() == frame.changes().size()) {
      return new Answer.Placed(positions);
    }
    intake.take(frame.changes());
    return LATER;
  }

  private Answer answer(Statement statement) throws StoreException {
    if (!statement.space().equals(before.space())) {
      return new Answer.Refused(RefusalCode.SPACE_OTHER.code());
    }
    Long position = before.positions().get(statement.id());
    if (position != null) {
      return new Answer.Placed(List.of(position));
    }
    if (!statement.signaturesValid()) {
      return new Answer.Refused(RefusalCode.STATEMENT_SIGNATURE.code());
    }
    if (statement.content() instanceof Generation generation
        && generation.number() > before.head().generation()) {
      return generation(statement, generation);
    }
    intake.take(statement);
    return LATER;
  }

  private Answer generation(Statement statement, Generation generation) throws StoreException {
    List<Statement> earlier = transaction.refill().generations(before.space());
    RosterState roster =
        before.roster().with(transaction.refill().statements(before.space())).with(earlier);
    if (roster.worth(statement) != StatementVerdict.STANDS) {
      return new Answer.Refused(RefusalCode.STATEMENT_NO_AUTHORITY.code());
    }
    if (!before.waiting().equals(Optional.of(generation.log()))) {
      return hold(statement, generation, earlier.size());
    }
    LogKey followed = roster.with(statement).logs().get(generation.number());
    boolean isOurs =
        generation.previousNumber() != before.head().generation()
            || GenerationRules.isOurs(transaction, before, generation);
    if (!generation.log().equals(followed) || !isOurs) {
      return new Answer.Refused(RefusalCode.GENERATION_OTHER.code());
    }
    List<Statement> statements = new ArrayList<>(earlier);
    statements.add(statement);
    RefillWork work = new RefillWork(transaction, before);
    work.open(statements, generation, signer, quotas);
    opened = work;
    // Its receipt is of a log whose key the sender has only when he has taken the statement in.
    return new Answer.Refused(RefusalCode.LOG_GENERATION.code());
  }

  /** A log that was opened after the backup, and whose key is gone: the next one follows it. */
  private Answer hold(Statement statement, Generation generation, int held) throws StoreException {
    if (held >= ServerLimits.REFILL_GENERATIONS_MAX) {
      return new Answer.Refused(RefusalCode.QUOTA_SPACE.code());
    }
    transaction.refill().addGeneration(before.space(), generation.number(), statement);
    heldGeneration = true;
    return LATER;
  }
}
