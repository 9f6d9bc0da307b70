package dev.cairn.server.ledger;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.roster.Genesis;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.roster.StatementVerdict;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.server.limits.ServerLimits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a space begins on this server: as a new one, or led here from another server. */
final class SpaceFounding {

  /** Genesis, the first desk epoch, the owner's own epoch; or genesis, a generation, a move. */
  private static final int FIRST_STATEMENTS_MIN = 3;

  /** What shows that an owner moved a space: who owns it, which log it has, where it is. */
  private static final Set<StatementKind> MOVING =
      EnumSet.of(
          StatementKind.GENESIS,
          StatementKind.REPLACEMENT,
          StatementKind.GENERATION,
          StatementKind.MOVE);

  private final LogSigner signer;
  private final EncryptionPublicKey bundleKey;
  private final Quotas quotas;

  SpaceFounding(LogSigner signer, EncryptionPublicKey bundleKey, Quotas quotas) {
    this.signer = signer;
    this.bundleKey = bundleKey;
    this.quotas = quotas;
  }

  static LedgerView.SpaceCode openCode(LedgerView view, Digest codeHash, long nowSeconds)
      throws StoreException, RefusedException {
    LedgerView.SpaceCode allowed =
        view.code(codeHash)
            .orElseThrow(
                () -> new RefusedException(Ledger.CODE_UNKNOWN, "space code is not known"));
    if (nowSeconds >= allowed.expiresSeconds()) {
      throw new RefusedException(Ledger.CODE_EXPIRED, "space code has expired");
    }
    return allowed;
  }

  /** The batch that founds a space, with an answer for each statement. */
  SpaceBatch found(
      LedgerTransaction transaction,
      Digest codeHash,
      Genesis genesis,
      List<Statement> statements,
      long nowSeconds,
      List<Answer> answers)
      throws StoreException, RefusedException {
    LedgerView.SpaceCode allowed = openCode(transaction, codeHash, nowSeconds);
    LogKey log = signer.logKey(allowed.origin());
    SpaceId space = statements.get(0).space();
    boolean isNew = genesis.log().equals(log) && genesis.bundleKey().equals(bundleKey);
    if (isNew && statements.size() > ServerLimits.SPACE_STATEMENTS_MAX) {
      throw new RefusedException(Ledger.SPACE_INVALID, "too many statements for a new space");
    }
    long generation = isNew ? 0 : generation(space, log, statements);
    LogHead begun = new LogHead(allowed.origin(), generation, 0);
    transaction.addSpace(space, begun, codeHash);
    SpaceBatch batch =
        new SpaceBatch(transaction, SpaceSnapshot.empty(space, begun), quotas, nowSeconds);
    for (Statement statement : statements) {
      answers.add(isNew ? judged(batch, statement) : moved(batch, statement));
    }
    return batch;
  }

  private static Answer judged(SpaceBatch batch, Statement statement)
      throws StoreException, RefusedException {
    Answer answer = batch.answer(new Offer.OfStatement(statement));
    if (answer instanceof Answer.Refused refused) {
      throw new RefusedException(Ledger.SPACE_INVALID, "first statements: " + refused.code());
    }
    return answer;
  }

  /**
   * Takes what was found to stand together with the rest; what it names as seen comes later, from
   * whoever holds it.
   */
  private static Answer moved(SpaceBatch batch, Statement statement) throws RefusedException {
    if (batch.position(statement.id()).isPresent()) {
      throw new RefusedException(Ledger.SPACE_INVALID, "first statements: one comes twice");
    }
    long position = batch.nextPosition();
    batch.add(statement);
    return new Answer.Placed(List.of(position));
  }

  /**
   * The generation that a space which moved here goes on with: the newest one, if an owner has
   * signed that it is the log that waits here, and that this is the server. By these statements
   * alone; nobody has more of the space here.
   */
  private long generation(SpaceId space, LogKey log, List<Statement> statements)
      throws RefusedException {
    RosterState roster = RosterState.fold(space, statements);
    for (Statement statement : statements) {
      if (!MOVING.contains(statement.kind())
          || !statement.space().equals(space)
          || !roster.verdict(statement.id()).equals(Optional.of(StatementVerdict.STANDS))) {
        throw new RefusedException(
            Ledger.SPACE_INVALID, "first statements: one is no part of a move that stands");
      }
    }
    long newest = roster.logs().lastKey();
    boolean isHere =
        roster
            .move()
            .filter(move -> move.log().equals(log) && move.bundleKey().equals(bundleKey))
            .isPresent();
    if (!isHere || !log.equals(roster.logs().get(newest))) {
      throw new RefusedException(
          Ledger.SPACE_INVALID, "neither genesis nor an owner's move names this server's keys");
    }
    return newest;
  }

  /**
   * The answers of a founding that was done before. The code does not admit to a space that is
   * there: with it nothing is judged and nothing written, and whoever has another code hears only
   * that it is not good.
   */
  static List<Answer> foundedBefore(
      LedgerView view, SpaceSnapshot existing, Digest codeHash, List<Statement> statements)
      throws StoreException, RefusedException {
    if (!view.spaceOf(codeHash).equals(Optional.of(existing.space()))) {
      throw new RefusedException(Ledger.CODE_UNKNOWN, "space code is not that of this space");
    }
    List<Answer> answers = new ArrayList<>();
    for (Statement statement : statements) {
      Long position = existing.positions().get(statement.id());
      if (position == null || position != answers.size()) {
        throw new RefusedException(Ledger.SPACE_INVALID, "the space was founded otherwise");
      }
      answers.add(new Answer.Placed(List.of(position)));
    }
    return answers;
  }

  static Genesis genesis(List<Statement> statements) throws RefusedException {
    if (statements.size() >= FIRST_STATEMENTS_MIN
        && statements.get(0).content() instanceof Genesis genesis) {
      return genesis;
    }
    throw new RefusedException(
        Ledger.SPACE_INVALID, "a space begins with genesis and what goes with it");
  }
}
