package dev.cairn.client.sync;

import dev.cairn.client.courier.ReceiptIntake;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.held.Unreconciled;
import dev.cairn.client.held.Unreconciled.Waiting;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.log.Consistency;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what a courier brings of the log. A courier's answer is proven from the checkpoint that
 * the device had seen when it wrote; by the time it comes the device may have seen another. What
 * cannot be held against the last one seen waits, with the receipts under it, and the log is asked
 * at the next contact, by network or by hand.
 */
final class CourierReceipts implements ReceiptIntake {

  private static final String TOO_MANY = "request.too-many";

  private final Holdings holdings;
  private final LogTrust trust;
  private final OwnReceipts receipts;
  private final OwnLeaves leaves;
  private @Nullable LyingServerException lie;

  CourierReceipts(Holdings holdings, LogTrust trust, OwnReceipts receipts) {
    this.holdings = holdings;
    this.trust = trust;
    this.receipts = receipts;
    this.leaves = new OwnLeaves(holdings);
  }

  /** The first lie that was caught since the last time; its proof is kept already. */
  Optional<LyingServerException> caught() {
    Optional<LyingServerException> found = Optional.ofNullable(lie);
    lie = null;
    return found;
  }

  private void caught(LyingServerException found) throws CairnException {
    trust.keep(found);
    if (lie == null) {
      lie = found;
    }
  }

  @Override
  public int logState(byte[] note, List<Digest> consistency) throws CairnException {
    NewGeneration.begin(holdings, SyncListener.NONE);
    Optional<SignedCheckpoint> opened = signed(note);
    if (!opened.isPresent()) {
      return 0; // Nothing of it is believed; what hangs on it proves itself or is not taken.
    }
    SignedCheckpoint offered = opened.get();
    SignedCheckpoint seen = holdings.log().checkpoint().orElse(null);
    if (seen == null
        || Consistency.check(seen, offered, consistency) instanceof Consistency.Extends) {
      see(offered);
    } else if (!stands(seen, offered)) {
      return 0;
    }
    account(offered, consistency);
    return settle();
  }

  @Override
  public void shown(byte[] note) throws CairnException {
    NewGeneration.leaveStrayed(holdings);
    Optional<SignedCheckpoint> opened = signed(note);
    SignedCheckpoint seen = holdings.log().checkpoint().orElse(null);
    if (opened.isPresent() && seen != null) {
      stands(seen, opened.get());
    }
  }

  private Optional<SignedCheckpoint> signed(byte[] note) {
    try {
      return Optional.of(SignedCheckpoint.open(note, trust.key()));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private void see(SignedCheckpoint newer) throws CairnException {
    LogSight sight = holdings.log().checkpoint(newer);
    holdings.store().change(sight::write);
    holdings.adopt(sight);
  }

  /** Lets a checkpoint wait unless it is the one seen; false if the two convict the log. */
  private boolean stands(SignedCheckpoint seen, SignedCheckpoint offered) throws CairnException {
    if (Unreconciled.isSame(seen, offered)) {
      return true;
    }
    if (seen.checkpoint().size() == offered.checkpoint().size()) {
      caught(LogTrust.lie("the log signed two histories", seen.note(), offered.note()));
      return false;
    }
    write(read().with(trust.generation(), offered));
    return true;
  }

  private Unreconciled read() throws CairnException {
    return holdings.store().read(rows -> Unreconciled.read(rows, holdings.roster().logs()));
  }

  private void write(Unreconciled changed) throws CairnException {
    holdings.store().change(changed::write);
  }

  /** Holds what waits against a newer state and the proof that came with it. */
  private void account(SignedCheckpoint offered, List<Digest> consistency) throws CairnException {
    SignedCheckpoint seen = holdings.log().checkpoint().orElse(offered);
    for (Waiting one : read().all()) {
      boolean proven =
          Unreconciled.isSame(one.checkpoint(), seen)
              || (Unreconciled.isSame(offered, seen) && leads(one.checkpoint(), seen, consistency));
      if (proven) {
        write(read().with(one.asReconciled()));
      } else if (one.checkpoint().checkpoint().size() == seen.checkpoint().size()) {
        contradicts(one, seen, "the log signed two histories");
      }
    }
  }

  private static boolean leads(
      SignedCheckpoint from, SignedCheckpoint to, List<Digest> consistency) {
    long before = from.checkpoint().size();
    long after = to.checkpoint().size();
    return before < after
        && new ConsistencyProof(before, after, consistency)
            .verifies(from.checkpoint().root(), to.checkpoint().root());
  }

  private void contradicts(Waiting one, SignedCheckpoint seen, String message)
      throws CairnException {
    caught(LogTrust.lie(message, one.checkpoint().note(), seen.note()));
    write(read().without(one));
  }

  @Override
  public int receipt(Receipt receipt, List<Digest> hashes) throws CairnException {
    NewGeneration.leaveStrayed(holdings);
    LogKey key = holdings.roster().logs().get(receipt.generation());
    if (key == null || receipt.generation() != trust.generation()) {
      return 0;
    }
    SignedCheckpoint under;
    try {
      under = receipt.verify(hashes, key);
    } catch (MalformedException e) {
      return 0;
    }
    Optional<List<OwnReceipts.Sent>> own = holdings.store().read(rows -> leaves.of(rows, hashes));
    SignedCheckpoint seen = holdings.log().checkpoint().orElse(null);
    if (!own.isPresent() || seen == null) {
      return 0;
    }
    boolean accounted =
        Unreconciled.isSame(seen, under)
            || read().find(under).map(Waiting::reconciled).orElse(false);
    if (!accounted && !stands(seen, under)) {
      return 0;
    }
    int fresh = accounted ? count(receipt, own.get()) : 0;
    if (holdings.store().read(rows -> leaves.pending(rows, own.get())) > 0) {
      hold(under, accounted, receipt, own.get());
    }
    return fresh + settle();
  }

  /** Counts a receipt whose checkpoint is accounted for, unless something before it is missing. */
  private int count(Receipt receipt, List<OwnReceipts.Sent> sent) throws CairnException {
    int pending = holdings.store().read(rows -> leaves.pending(rows, sent));
    if (pending == 0 || !holdings.store().read(rows -> OwnLeaves.continuesReceived(rows, sent))) {
      return 0;
    }
    receipts.keep(receipt, sent, holdings.log());
    receipts.seal();
    return pending;
  }

  private void hold(
      SignedCheckpoint under, boolean accounted, Receipt receipt, List<OwnReceipts.Sent> sent)
      throws CairnException {
    List<ReceiptRow.Leaf> proven = new ArrayList<>();
    sent.forEach(leaf -> proven.add(leaf.leaf()));
    Unreconciled more = read().with(trust.generation(), under);
    if (accounted) {
      more = more.find(under).map(Waiting::asReconciled).map(more::with).orElse(more);
    }
    write(more.with(under, new ReceiptRow(receipt, proven)));
  }

  /** Counts what waited and is accounted for by now, in whatever order it came. */
  private int settle() throws CairnException {
    int fresh = 0;
    boolean moved = true;
    while (moved) {
      int before = fresh;
      for (Waiting one : read().all()) {
        fresh += one.reconciled() ? settle(one) : 0;
      }
      moved = fresh > before;
    }
    return fresh;
  }

  private int settle(Waiting one) throws CairnException {
    int fresh = 0;
    List<ReceiptRow> left = new ArrayList<>();
    for (ReceiptRow row : one.receipts()) {
      List<OwnReceipts.Sent> sent = holdings.store().read(rows -> leaves.sent(rows, row));
      fresh += count(row.receipt(), sent);
      if (holdings.store().read(rows -> leaves.pending(rows, sent)) > 0) {
        left.add(row);
      }
    }
    Unreconciled now = read();
    write(left.isEmpty() ? now.without(one) : now.with(one.with(left)));
    return fresh;
  }

  @Override
  public long unreconciled() throws CairnException {
    long waiting = 0;
    for (Waiting one : read().all()) {
      for (ReceiptRow row : one.receipts()) {
        waiting += holdings.store().read(rows -> leaves.pending(rows, leaves.sent(rows, row)));
      }
    }
    return waiting;
  }

  /**
   * Asks the server to account for what came by hand; to be called when its newest state was seen.
   *
   * @return why it could not say, if it could not: it is asked again
   * @throws dev.cairn.client.transport.TransportException if the link is cut; it is asked again
   */
  Optional<String> ask(ServerLink link) throws CairnException {
    SignedCheckpoint seen = holdings.log().checkpoint().orElse(null);
    Optional<String> passing = Optional.empty();
    if (seen == null) {
      return passing;
    }
    LogQuestions questions = new LogQuestions(link, holdings.identity().space());
    for (Waiting one : read().all()) {
      if (one.reconciled() || one.generation() != trust.generation()) {
        continue;
      }
      long before = one.checkpoint().checkpoint().size();
      long now = seen.checkpoint().size();
      if (before > now) {
        boolean refilling;
        try {
          refilling = isRefilling(questions);
        } catch (RefusedException busy) {
          passing = Optional.of(busy.code());
          continue;
        }
        if (refilling) {
          new Refilling(holdings, link).run(); // It admits to have lost this, and is shown it.
          continue;
        }
        contradicts(
            one, seen, "the server shows an older log than the one it signed for a courier");
      } else if (before == now) {
        account(seen, List.of());
      } else {
        ask(questions, one, seen);
      }
    }
    settle();
    return passing;
  }

  /**
   * Whether the server says that it was restored; one that could answer and does not, does not say
   * so.
   *
   * @throws RefusedException if it cannot say now
   */
  private static boolean isRefilling(LogQuestions questions) throws CairnException {
    try {
      return questions.account().refill().isPresent();
    } catch (RefusedException silent) {
      if (PushTally.passes(silent.code()) || silent.code().equals(TOO_MANY)) {
        throw silent;
      }
      return false;
    }
  }

  private void ask(LogQuestions questions, Waiting one, SignedCheckpoint seen)
      throws CairnException {
    Optional<List<Digest>> proof =
        questions.consistency(one.checkpoint().checkpoint().size(), seen.checkpoint().size());
    if (!proof.isPresent()) {
      return; // No answer is no proof of anything: it is asked again.
    }
    if (leads(one.checkpoint(), seen, proof.get())) {
      write(read().with(one.asReconciled()));
    } else {
      contradicts(one, seen, "the server's log does not continue the one it signed for a courier");
    }
  }
}
