package dev.cairn.server.ledger;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Genesis;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a space begins on this server. */
final class SpaceFounding {

  /** Genesis, the first desk epoch, the owner's own epoch. */
  private static final int FIRST_STATEMENTS_MIN = 3;

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
    if (!genesis.log().equals(signer.logKey(allowed.origin()))
        || !genesis.bundleKey().equals(bundleKey)) {
      throw new RefusedException(
          Ledger.SPACE_INVALID, "genesis names other keys than this server's");
    }
    SpaceId space = statements.get(0).space();
    transaction.addSpace(space, allowed.origin(), codeHash);
    SpaceSnapshot before = SpaceSnapshot.empty(space, new LogHead(allowed.origin(), 0, 0));
    SpaceBatch batch = new SpaceBatch(transaction, before, quotas, nowSeconds);
    for (Statement statement : statements) {
      Answer answer = batch.answer(new Offer.OfStatement(statement));
      if (answer instanceof Answer.Refused refused) {
        throw new RefusedException(Ledger.SPACE_INVALID, "first statements: " + refused.code());
      }
      answers.add(answer);
    }
    return batch;
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
    throw new RefusedException(Ledger.SPACE_INVALID, "a space begins with genesis and two epochs");
  }
}
