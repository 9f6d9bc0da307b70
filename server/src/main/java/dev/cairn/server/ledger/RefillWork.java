package dev.cairn.server.ledger;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was handed in back into the log, within one transaction: all of it up to the checkpoint
 * that was signed for it before, or, when an owner opens a generation, what there is.
 */
final class RefillWork {

  /** Entries written together; what is in memory at once. */
  private static final int PART = 256;

  private final LedgerTransaction transaction;
  private final RefillTable table;
  private final SpaceSnapshot before;
  private final List<ChangeId> bodiless = new ArrayList<>();
  private final Set<ChangeId> bare = new HashSet<>();
  private SpaceSnapshot at;
  private boolean erased;

  RefillWork(LedgerTransaction transaction, SpaceSnapshot before) {
    this.transaction = transaction;
    this.table = transaction.refill();
    this.before = before;
    this.at = before;
  }

  private SpaceId space() {
    return before.space();
  }

  /** Whether a body was dropped. */
  boolean erased() {
    return erased;
  }

  /** What a note of this store says; it was verified before it was kept. */
  static Checkpoint checkpointOf(byte[] note) throws StoreException {
    try {
      return SignedCheckpoint.claimed(note);
    } catch (MalformedException e) {
      throw new StoreException.Corrupt("checkpoint shown: " + e.getMessage());
    }
  }

  /** How an attempt to complete the log ended. */
  enum Outcome {
    /** It is as large as the largest checkpoint that was shown. */
    WHOLE,
    /** Something is missing yet. */
    MISSING,
    /** Everything is here, and it is not the tree that was signed. */
    FORKED
  }

  /**
   * Goes from the restored log to the largest checkpoint shown, which this log signed once: nothing
   * is signed for it. Unless the outcome is {@link Outcome#WHOLE} the transaction is to be dropped.
   */
  Outcome complete(LogSigner signer) throws StoreException {
    Optional<byte[]> note = table.mark(space()).flatMap(RefillView.Mark::note);
    if (!note.isPresent()) {
      return Outcome.MISSING;
    }
    SignedCheckpoint target;
    try {
      target = SignedCheckpoint.open(note.get(), signer.logKey(before.head().origin()));
    } catch (MalformedException e) {
      throw new StoreException.Corrupt("checkpoint shown: " + e.getMessage());
    }
    long size = target.checkpoint().size();
    if (size <= before.head().size()) {
      return Outcome.MISSING;
    }
    HandedIn pieces = new HandedIn(table, space(), before.head().size());
    if (!replay(pieces, size, true) || at.head().size() != size) {
      return Outcome.MISSING;
    }
    if (!at.tree().root().equals(target.checkpoint().root())) {
      return Outcome.FORKED;
    }
    for (ChangeId change : bodiless) {
      if (!transaction.isErased(space(), change)) {
        return Outcome.MISSING;
      }
    }
    transaction.advance(space(), before.head(), size, target.note());
    table.clear(space());
    at = at.followedBy(at.head(), at.tree(), target, at.roster(), at.positions());
    return Outcome.WHOLE;
  }

  /**
   * Forgets what was handed in and makes no frame, so that it is wanted again: the log holds it
   * with a signature of its own.
   *
   * @return whether there was any
   */
  boolean forgetUncovered() throws StoreException {
    boolean any = false;
    HandedIn pieces = new HandedIn(table, space(), before.head().size());
    HandedIn.@Nullable Piece piece = pieces.next();
    while (piece != null) {
      if (piece.offer() == null) {
        table.remove(space(), piece.first());
        any = true;
      }
      piece = pieces.next();
    }
    return any;
  }

  /** The space as it is when the transaction commits. */
  SpaceSnapshot result() {
    return at;
  }

  /**
   * Puts pieces behind what is there as long as each is the next one.
   *
   * @param bodiless whether one that lacks its body goes in as well
   * @return false if one that is the next is not taken
   */
  private boolean replay(HandedIn pieces, long end, boolean bodiless) throws StoreException {
    SpaceBatch batch = SpaceBatch.replaying(transaction, at, bare);
    int waiting = 0;
    boolean taken = true;
    HandedIn.@Nullable Piece piece = pieces.next();
    while (piece != null && taken && batch.nextPosition() < end) {
      Offer offer = piece.offer();
      boolean isNext = piece.first() == batch.nextPosition();
      taken =
          offer != null
              && isNext
              && (piece.whole() || bodiless)
              && batch.answer(offer, Bringer.OF_THE_LOG) instanceof Answer.Placed;
      if (taken) {
        note(piece, offer);
        waiting += piece.count();
        piece = pieces.next();
      }
      if (waiting >= PART) {
        write(batch);
        batch = SpaceBatch.replaying(transaction, at, bare);
        waiting = 0;
      }
    }
    write(batch);
    return taken;
  }

  private void note(HandedIn.Piece piece, @Nullable Offer offer) {
    if (!piece.whole() && offer instanceof Offer.OfFrame frame) {
      for (Change change : frame.frame().changes()) {
        if (!change.opensSession() && !change.ciphertext().isPresent()) {
          bodiless.add(change.id());
        }
      }
    }
  }

  private void write(SpaceBatch batch) throws StoreException {
    erased |= !batch.erased().isEmpty();
    if (!batch.isEmpty()) {
      at = batch.writePart();
    }
  }

  /**
   * Opens a generation with everything that is here: the restored log, what was handed in and
   * follows it, the statements that say so, and what else was handed in and can be taken.
   *
   * @param statements of every generation up to the new one
   */
  void open(List<Statement> statements, Generation generation, LogSigner signer, Quotas quotas)
      throws StoreException {
    LogKey log = generation.log();
    LogHead from = before.head();
    LogHead begun = new LogHead(log.origin(), generation.number(), from.size());
    at = before.followedBy(begun, before.tree(), null, before.roster(), before.positions());
    HandedIn pieces = new HandedIn(table, space(), from.size());
    replay(pieces, Long.MAX_VALUE, false);
    SpaceBatch batch = SpaceBatch.replaying(transaction, at, bare);
    for (Statement statement : statements) {
      if (!batch.position(statement.id()).isPresent()) {
        batch.add(statement);
      }
    }
    write(batch);
    boolean more = true;
    while (more) {
      more = takeRest(quotas);
    }
    SignedCheckpoint checkpoint =
        signer.sign(new Checkpoint(log.origin(), at.head().size(), at.tree().root()));
    transaction.open(space(), from, at.head(), checkpoint.note());
    table.end(space());
    at = at.followedBy(at.head(), at.tree(), checkpoint, at.roster(), at.positions());
  }

  /** What did not follow may be taken as if it were pushed now; whether any of it was. */
  private boolean takeRest(Quotas quotas) throws StoreException {
    long size = at.head().size();
    HandedIn pieces = new HandedIn(table, space(), before.head().size());
    HandedIn.@Nullable Piece piece = pieces.next();
    while (piece != null) {
      SpaceBatch batch = new SpaceBatch(transaction, at, quotas, 0);
      int waiting = 0;
      while (piece != null && waiting < PART) {
        Offer offer = piece.offer();
        if (offer != null && !(offer instanceof Offer.OfStatement of && isGeneration(of))) {
          batch.answer(offer, Bringer.OF_THE_LOG);
        }
        waiting += piece.count();
        piece = pieces.next();
      }
      write(batch);
    }
    return at.head().size() > size;
  }

  private static boolean isGeneration(Offer.OfStatement offer) {
    return offer.statement().content() instanceof Generation;
  }
}
