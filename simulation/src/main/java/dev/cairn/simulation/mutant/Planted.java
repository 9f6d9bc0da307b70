package dev.cairn.simulation.mutant;

import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.log.Consistency;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.Epoch;
import dev.cairn.protocol.roster.EpochState;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.roster.StatementVerdict;
import dev.cairn.protocol.roster.SuspensionRule;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What mutants do instead. Everything here is wrong on purpose. Called from other packages' code
 * where {@link Edit} says so; a parameter of type Object stands for a class that is theirs alone.
 */
public final class Planted {

  /** Of each device the first key of its last session, and who wrote it. */
  private static final Map<DeviceId, byte[]> SESSIONS = new HashMap<>();

  private static final Map<DeviceId, FeedAuthor> WRITERS = new HashMap<>();

  private Planted() {}

  // The server.

  /** Begins a transaction that {@link #commitLater} may leave open. */
  public static LedgerTransaction beginLate(LedgerStore store) throws StoreException {
    return LateCommits.begin(store);
  }

  /** Says that it is durable, and makes it so with the next thing that is asked. */
  public static void commitLater(LedgerTransaction transaction, Ledger ledger) {
    LateCommits.commit(transaction, ledger);
  }

  /** Whoever asks for anything else finds everything committed. */
  public static LedgerStore committed(LedgerStore store, Object ledger) {
    LateCommits.flush(store);
    return store;
  }

  /** The answer is read from what is not committed yet. */
  public static LedgerStore uncommitted(Ledger ledger) {
    return LateCommits.unfinished(ledger);
  }

  /** Shows a tree before it is durable. */
  public static Object writeAndShow(Object batch, Object signer, Object ledger) throws Throwable {
    return Forced.writeAndShow(batch, signer, ledger);
  }

  /** However much somebody has seen, the log is no shorter. */
  public static long endless(LogHead head) {
    return Long.MAX_VALUE;
  }

  /** As if he had seen no more than there is. */
  public static long noMoreThanThereIs(long seen, Object query, SpaceSnapshot snapshot) {
    return Math.min(seen, snapshot.head().size());
  }

  // The protocol.

  /** As long as it is. */
  public static long unpadded(long padded, long sizeBytes) {
    return Math.max(Padme.FLOOR_BYTES, sizeBytes);
  }

  /** What is said where anybody may hear it, as it is. */
  public static byte[] openly(Object keys, byte[] said) {
    return said;
  }

  /** Nothing is wrong with it. */
  public static Optional<Object> nothing(
      Object self, Object prefix, Object previous, Object audiencePrevious) {
    return Optional.empty();
  }

  /** Of several values the last is left out. */
  public static List<Object> allButOne(List<?> values, Object self, Object history) {
    return new ArrayList<>(
        values.subList(0, values.size() > 1 ? values.size() - 1 : values.size()));
  }

  /** Who speaks later by the clock has seen what was said before. */
  public static boolean byTheClock(Object ancestry, int later, int earlier) {
    return later > earlier;
  }

  /** Everybody is the same member. */
  public static MemberId anybody(Object placed) {
    return MemberId.of(new byte[MemberId.SIZE_BYTES]);
  }

  /** All that a suspended device wrote counts. */
  public static SuspensionRule.Counted everything(Object rule, Object links) {
    return change -> true;
  }

  /** Of two keys that were made at once only one is kept. */
  public static Optional<?> onlyTheWinner(
      Optional<?> seal, Object ring, RosterState state, Epoch epoch) {
    CircleState circle = state.circle(epoch.circle()).orElse(null);
    if (circle == null || circle.current().size() < 2) {
      return seal;
    }
    EpochState winner = circle.forWriting().orElse(null);
    boolean lost =
        circle.current().stream().anyMatch(each -> each.epoch().equals(epoch))
            && winner != null
            && !winner.epoch().equals(epoch);
    return lost ? Optional.empty() : seal;
  }

  /** A writer that was made anew goes on with the key of the one before it. */
  public static Secret asBefore(int sizeBytes, Randomness randomness, FeedAuthor author) {
    byte[] before = SESSIONS.get(author.device());
    boolean isAnew = WRITERS.put(author.device(), author) != author;
    byte[] key = before != null && isAnew ? before.clone() : randomness.bytes(sizeBytes);
    SESSIONS.put(author.device(), key.clone());
    return Secret.take(key);
  }

  // The device.

  /** A log that has less than it had is as good as one that has more. */
  public static Consistency olderIsFine(
      SignedCheckpoint seen, SignedCheckpoint offered, Object proof) {
    Consistency honest = honest(seen, offered, proof);
    return honest instanceof Consistency.RolledBack ? new Consistency.Extends(offered) : honest;
  }

  @SuppressWarnings("unchecked")
  private static Consistency honest(SignedCheckpoint seen, SignedCheckpoint offered, Object proof) {
    return proof instanceof RangeProof run
        ? Consistency.check(seen, offered, run)
        : Consistency.check(seen, offered, (List<Digest>) proof);
  }

  /** Every log continues every other. */
  public static Consistency anythingContinues(
      SignedCheckpoint seen, SignedCheckpoint offered, Object proof) {
    Consistency honest = honest(seen, offered, proof);
    return honest instanceof Consistency.Same ? honest : new Consistency.Extends(offered);
  }

  /** What was handed to the network has arrived. */
  public static Progress sentIsThere(Progress progress, Progress.Doubt doubt) {
    return progress.pushing(doubt).received(Short.MAX_VALUE);
  }

  /** Whoever signed it, and whatever it proves. */
  public static SignedCheckpoint believed(Receipt receipt, List<Digest> leaves, LogKey key)
      throws MalformedException {
    try {
      return SignedCheckpoint.open(receipt.note(), key);
    } catch (MalformedException e) {
      return Forced.unchecked(receipt.note());
    }
  }

  /** What a suspended device wrote is not kept, wherever it lies. */
  public static boolean notOfSuspended(boolean kept, IntakeBatch batch, Change change)
      throws CairnException {
    return kept && !batch.roster().isSuspended(change.prefix().device());
  }

  /** Nothing is ever withdrawn. */
  public static Change asItCame(Change kept, SealedRows rows, Change change, RosterState roster) {
    return change;
  }

  /** With what could be read the body goes that others have yet to read. */
  public static void deleteWithBody(SealedRows rows, Table table, long sequence)
      throws CairnException {
    rows.delete(table, sequence);
    Optional<Change> own = OwnChanges.at(rows, sequence);
    if (own.isPresent() && own.get().ciphertext().isPresent()) {
      OwnChanges.write(rows, own.get().withoutCiphertext());
    }
  }

  // What is for whom.

  /** A reporter is told of everybody who was confirmed. */
  public static boolean orConfirms(
      boolean shows, Object view, Statement statement, StatementVerdict verdict) {
    return shows || statement.kind() == StatementKind.CONFIRMATION;
  }

  /** The reporter is told with the coordinators. */
  public static Object withReporter(Object audiences, RecordId record) throws Throwable {
    return Forced.called(audiences, "withReporter", record);
  }

  /** The later of two clocks, however far ahead. */
  public static long later(long own, long remote, long deviceMillis) {
    return Math.max(own, remote);
  }
}
