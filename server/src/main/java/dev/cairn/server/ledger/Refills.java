package dev.cairn.server.ledger;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.Admission;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the spaces of a server come back that was restored from a backup, and how a log is opened
 * anew. A restored server signs nothing: whatever it signed could contradict what it signed after
 * the backup, and two such checkpoints would convict it. Members show it how far it had come and
 * hand in what it lacks; what they hand in is held against its own signatures. It signs again when
 * an owner opens a generation, or when its operator says that nobody holds more.
 *
 * <p>{@link #account} and {@link #isLetIn} are for all threads; the rest writes, and is for the one
 * thread that {@link Ledger#accept} is for.
 */
public final class Refills {

  /** The code with which {@link #resume} refuses. */
  public static final String INCOMPLETE = "refill.incomplete";

  private final Ledger ledger;
  private final LogSigner signer;

  Refills(Ledger ledger, LogSigner signer) {
    this.ledger = ledger;
    this.signer = signer;
  }

  /** Makes a log that waits to be a generation. */
  @FunctionalInterface
  public interface NewLog {
    /** Makes one; its key is durable on return. */
    LogOrigin make() throws StoreException;
  }

  /** Says of every space of a store that it was restored. To be done before anything is served. */
  public static void begin(LedgerStore store) throws StoreException {
    try (LedgerTransaction transaction = store.begin()) {
      for (SpaceId space : transaction.spaces()) {
        transaction.refill().begin(space);
      }
      // A code that was used after the backup would begin a second log under the same key.
      transaction.voidCodes();
      transaction.commit();
    }
  }

  /** Sees to it that a log waits to be the next generation of a space. */
  public void prepare(SpaceId space, NewLog maker) throws StoreException {
    SpaceSnapshot before = snapshot(space);
    if (before.waiting().isPresent()) {
      return;
    }
    LogOrigin origin = maker.make();
    try (LedgerTransaction transaction = begin()) {
      transaction.setWaiting(space, origin);
      transaction.commit();
    }
    ledger.adopt(before.waiting(signer.logKey(origin)), false);
  }

  /** What there is to say of a space's log, and what of it is missing. */
  public LogAccount account(SpaceId space, DeviceId reader) throws StoreException {
    SpaceSnapshot snapshot = snapshot(space);
    try (LedgerView view = ledger.store().view()) {
      return new RefillAccount(view, snapshot, reader).make();
    }
  }

  /** Whether a device that the restored log does not know was let in after the backup. */
  public boolean isLetIn(SpaceId space, DeviceId device) throws StoreException {
    if (!snapshot(space).isRefilling()) {
      return false;
    }
    try (LedgerView view = ledger.store().view()) {
      for (Statement statement : view.refill().statements(space)) {
        if (statement.content() instanceof Admission admission
            && admission.keys().device().equals(device)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Takes in what somebody hands in, and puts the log together as soon as nothing is missing. */
  public void take(SpaceId space, List<RefillOffer> offers) throws StoreException {
    SpaceSnapshot before = snapshot(space);
    if (!before.isRefilling()) {
      return;
    }
    try (LedgerTransaction transaction = begin()) {
      RefillBatch batch = new RefillBatch(transaction, before, signer, ledger.quotas());
      for (RefillOffer offer : offers) {
        if (offer instanceof RefillOffer.Shown shown) {
          batch.intake().show(shown.checkpoint());
        } else if (offer instanceof RefillOffer.Leaves leaves) {
          batch.intake().leaves(leaves.first(), leaves.leaves(), leaves.under());
        } else {
          batch.answer(((RefillOffer.Entry) offer).offer());
        }
      }
      commit(transaction, batch);
    } catch (StoreException e) {
      ledger.failed();
      throw e;
    }
    complete(space);
  }

  /** Pushes and parcels to a space that is being refilled. */
  List<List<Answer>> accept(SpaceId space, List<Submission> submissions) throws StoreException {
    List<List<Answer>> answers = new ArrayList<>();
    try (LedgerTransaction transaction = begin()) {
      RefillBatch batch = new RefillBatch(transaction, snapshot(space), signer, ledger.quotas());
      for (Submission submission : submissions) {
        List<Answer> own = new ArrayList<>();
        for (Offer offer : submission.offers()) {
          own.add(batch.answer(offer));
        }
        answers.add(own);
      }
      commit(transaction, batch);
    } catch (StoreException e) {
      ledger.failed();
      throw e;
    }
    complete(space);
    return answers;
  }

  private void commit(LedgerTransaction transaction, RefillBatch batch) throws StoreException {
    if (batch.changed()) {
      transaction.commit();
      batch.opened().ifPresent(work -> ledger.adopt(work.result(), work.erased()));
    }
  }

  /** Puts the log together if nothing is missing any more. */
  private void complete(SpaceId space) throws StoreException {
    SpaceSnapshot before = snapshot(space);
    if (!before.isRefilling() || !isComplete(before)) {
      return;
    }
    RefillWork.Outcome outcome;
    try (LedgerTransaction transaction = begin()) {
      RefillWork work = new RefillWork(transaction, before);
      outcome = work.complete(signer);
      if (outcome == RefillWork.Outcome.WHOLE) {
        transaction.commit();
        ledger.adopt(work.result(), work.erased());
      }
    }
    if (outcome == RefillWork.Outcome.FORKED) {
      try (LedgerTransaction transaction = begin()) {
        transaction.refill().fork(space);
        transaction.commit();
      }
    } else if (outcome == RefillWork.Outcome.MISSING) {
      try (LedgerTransaction transaction = begin()) {
        if (new RefillWork(transaction, before).forgetUncovered()) {
          transaction.commit();
        }
      }
    }
  }

  private boolean isComplete(SpaceSnapshot before) throws StoreException {
    try (LedgerView view = ledger.store().view()) {
      return RefillAccount.isKept(view, before);
    }
  }

  /**
   * Signs again under the same key. Whoever says so promises that nobody holds more than was shown.
   *
   * @throws RefusedException {@link #INCOMPLETE} if something of what was shown is missing, or the
   *     log is not as long as that
   */
  public void resume(SpaceId space) throws StoreException, RefusedException {
    if (!snapshot(space).isRefilling()) {
      return;
    }
    // Everything may have come, and a stop have kept it from being put together.
    complete(space);
    SpaceSnapshot before = snapshot(space);
    try (LedgerTransaction transaction = begin()) {
      Optional<LogAccount.Refill> state =
          new RefillAccount(transaction, before, DeviceId.of(new byte[DeviceId.SIZE_BYTES]))
              .refill();
      // A shorter log than was shown would sign what contradicts what it signed.
      boolean isWhole =
          state.map(each -> each.isWhole() && each.shown() <= before.head().size()).orElse(true);
      if (!isWhole) {
        throw new RefusedException(
            INCOMPLETE, "the log is not what it was: members have to hand in what is missing");
      }
      transaction.refill().end(space);
      transaction.commit();
    }
    ledger.adopt(before.refilling(false), false);
  }

  private LedgerTransaction begin() throws StoreException {
    return ledger.store().begin();
  }

  private SpaceSnapshot snapshot(SpaceId space) {
    return ledger
        .snapshot(space)
        .orElseThrow(() -> new IllegalArgumentException("the space is not here"));
  }
}
