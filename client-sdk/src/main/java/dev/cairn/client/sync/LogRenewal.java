package dev.cairn.client.sync;

import dev.cairn.client.held.BuiltOn;
import dev.cairn.client.held.FilesToShow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.log.SignedCheckpoint;
import java.util.Set;

/** What a sync does beside the usual when a log was restored or opened anew. */
final class LogRenewal {

  private final Holdings holdings;
  private final Intake intake;
  private final ServerLink link;
  private final LogTrust trust;
  private final OwnReceipts receipts;
  private final SyncListener listener;
  private final Pulling pulling;

  LogRenewal(
      Holdings holdings,
      Intake intake,
      ServerLink link,
      LogTrust trust,
      OwnReceipts receipts,
      SyncListener listener,
      Pulling pulling) {
    this.holdings = holdings;
    this.intake = intake;
    this.link = link;
    this.trust = trust;
    this.receipts = receipts;
    this.listener = listener;
    this.pulling = pulling;
  }

  /** Fetches what the log has. */
  @FunctionalInterface
  interface Pulling {
    long pull() throws CairnException;
  }

  /** Goes on to the log that the server says was opened; false if it is the one followed. */
  boolean follow() throws CairnException {
    LogQuestions questions = new LogQuestions(link, holdings.identity().space());
    NewGeneration.learn(holdings, intake, questions.account());
    return NewGeneration.begin(holdings, listener);
  }

  /** Hands in what a restored server lost, and fetches what it has; it takes nothing new. */
  RefusedException refilled(RefusedException refused) throws CairnException {
    LogAccount account = new Refilling(holdings, link).run();
    holdings.store().change(FilesToShow::begin);
    if (account.generation() == holdings.log().generation()
        && SignedCheckpoint.claimed(account.checkpoint().bytes()).size() >= holdings.log().size()) {
      pulling.pull();
    }
    boolean whole = account.refill().map(LogAccount.Refill::isWhole).orElse(true);
    return new RefusedException(
        refused.code(),
        whole
            ? "the server was restored from a backup and takes nothing new until its operator, or"
                + " an owner, says how it goes on; it has all that this device has seen of its log"
            : "the server was restored from a backup and takes nothing new until members have"
                + " brought what it lost; what this device holds of that was handed in");
  }

  /**
   * Looks for everything held in a log that was opened anew, and hands in the statements that it
   * lacks, for what people wrote leans on them.
   *
   * @return what was refused, if the server does not let this device in, or takes nothing now; else
   *     nothing
   */
  Set<String> catchUp() throws CairnException {
    if (!pullIfKnown()) {
      holdings.store().change(rows -> StartingOver.write(holdings, rows));
      holdings.adoptOutbox();
      Push push = statements(false);
      if (isEarly(push) && BuiltOn.send(holdings)) {
        push = statements(false);
      }
      if (!push.refused().isEmpty() && !admitted(holdings)) {
        return push.refused();
      }
      pullIfKnown();
    }
    NewGeneration.queueLacking(holdings);
    // All that is held of what they name goes before them: of the rest perhaps nobody has it.
    Push push = statements(true);
    while (push.isRefusedForGood() && NewGeneration.dropFirst(holdings)) {
      // What others signed and the server does not take any more is not this device's to push.
      push = statements(true);
    }
    return push.isRefusedForNow() ? push.refused() : Set.of();
  }

  private Push statements(boolean alone) throws CairnException {
    Push push = Push.of(holdings, link, trust, receipts, listener, alone);
    push.statements();
    return push;
  }

  private boolean pullIfKnown() throws CairnException {
    try {
      pulling.pull();
      return true;
    } catch (RefusedException refused) {
      if (refused.code().equals(IntakeBatch.DEVICE_UNKNOWN)) {
        return false;
      }
      throw refused;
    }
  }

  /** Hands in what others wrote and the log lacks. */
  void resend() throws CairnException {
    new Resending(holdings, link, trust).run();
  }

  /** Whether the server has not heard of what this device's admission leans on. */
  private boolean isEarly(Push push) {
    return Pushes.isGap(push.refused()) && !admitted(holdings);
  }

  /** Whether what makes this device one of the space's has a receipt. */
  static boolean admitted(Holdings holdings) {
    return holdings.book().outbox().stream()
        .noneMatch(statement -> StartingOver.bringsItIn(holdings, statement));
  }
}
