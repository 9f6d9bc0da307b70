package dev.cairn.client.sync;

import dev.cairn.client.capture.Sealing;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogLeaves;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.held.Withdrawals;
import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the log's receipts for what this device wrote. <i>Received</i> means: the proof holds,
 * the log signed the checkpoint, and the checkpoint continues the last one seen. What is received
 * is then sealed, where the device seals on receipt.
 */
final class OwnReceipts {

  private final Holdings holdings;
  private final LogTrust trust;
  private final Sealing sealing;

  OwnReceipts(Holdings holdings, LogTrust trust) {
    this.holdings = holdings;
    this.trust = trust;
    this.sealing = new Sealing(holdings);
  }

  /**
   * One leaf of this device that was sent.
   *
   * @param needsReading whether it does its work only where it is met in the log: a statement, by
   *     whose place rights are judged, or an erasure
   */
  record Sent(Digest hash, ReceiptRow.Leaf leaf, long sequence, boolean needsReading) {

    static Sent of(Statement statement) {
      return new Sent(
          statement.leafHash(), new ReceiptRow.Leaf.OfStatement(statement.id()), 0, true);
    }

    static Sent of(Change change) {
      return new Sent(
          change.leafHash(),
          new ReceiptRow.Leaf.OfChange(change.prefix().device(), change.id()),
          change.prefix().sequence(),
          change.prefix().erases().isPresent());
    }
  }

  /** What came of a receipt. */
  enum Outcome {
    /** Its leaves are received, durably. */
    RECEIVED,
    /** It holds, but a change before its first has no receipt: nothing is received by it. */
    OUT_OF_ORDER,
    /** It does not prove these leaves; nothing of it was kept. */
    UNPROVEN
  }

  /**
   * Takes a receipt for leaves that were sent in this order; durable on return.
   *
   * @param consistency how its log continues the one seen; null if it shows that itself
   * @return whether they are received now; never {@link Outcome#UNPROVEN}
   * @throws LyingServerException if the receipt proves something else, or contradicts the past
   */
  Outcome take(Receipt receipt, List<Sent> sent, @Nullable List<Digest> consistency)
      throws CairnException {
    Outcome outcome = takeIfProven(receipt, sent, consistency);
    if (outcome == Outcome.UNPROVEN) {
      throw LogTrust.lie(
          "the server's receipt does not prove what it should", new byte[0], receipt.note());
    }
    return outcome;
  }

  /**
   * The same for leaves that the server may hold or not, so that a receipt for something else is no
   * lie.
   *
   * @throws LyingServerException if the log did not sign, or contradicts the past
   */
  Outcome takeIfProven(Receipt receipt, List<Sent> sent, @Nullable List<Digest> consistency)
      throws CairnException {
    trust.open(receipt.note());
    Optional<SignedCheckpoint> proven = proven(receipt, sent);
    if (!proven.isPresent()) {
      return Outcome.UNPROVEN;
    }
    SignedCheckpoint now =
        consistency == null
            ? trust.believe(proven.get(), receipt.proof())
            : trust.believe(proven.get(), consistency);
    if (!holdings.store().read(rows -> OwnLeaves.continuesReceived(rows, sent))) {
      LogSight sight = holdings.log().checkpoint(now);
      holdings.store().change(sight::write);
      holdings.adopt(sight);
      return Outcome.OUT_OF_ORDER;
    }
    OwnRun run = OwnRun.of(holdings.log(), now, receipt, sent);
    keep(receipt, sent, run.sight(), rows -> LogLeaves.write(rows, run.first(), run.leaves()));
    return Outcome.RECEIVED;
  }

  private static List<Digest> hashes(List<Sent> sent) {
    List<Digest> hashes = new ArrayList<>();
    sent.forEach(leaf -> hashes.add(leaf.hash()));
    return hashes;
  }

  private Optional<SignedCheckpoint> proven(Receipt receipt, List<Sent> leaves) {
    LogKey key = holdings.roster().logs().get(receipt.generation());
    if (key == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(receipt.verify(hashes(leaves), key));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** Keeps a receipt that was verified, with what is seen of the log from then on. */
  void keep(Receipt receipt, List<Sent> sent, LogSight sight) throws CairnException {
    keep(receipt, sent, sight, rows -> {});
  }

  private void keep(Receipt receipt, List<Sent> sent, LogSight sight, EncryptedStore.Change besides)
      throws CairnException {
    List<ReceiptRow.Leaf> leaves = new ArrayList<>();
    List<StatementId> arrived = new ArrayList<>();
    List<ChangeId> received = new ArrayList<>();
    long through = 0;
    for (Sent leaf : sent) {
      leaves.add(leaf.leaf());
      through = Math.max(through, leaf.sequence());
      if (leaf.leaf() instanceof ReceiptRow.Leaf.OfStatement statement) {
        arrived.add(statement.statement());
      } else if (leaf.leaf() instanceof ReceiptRow.Leaf.OfChange change) {
        received.add(change.change());
      }
    }
    long receivedThrough = through;
    holdings
        .store()
        .change(
            rows -> {
              new ReceiptRow(receipt, leaves).append(rows);
              Progress.read(rows).received(receivedThrough).write(rows);
              Withdrawals.received(rows, received, holdings.roster());
              arrived(rows, arrived);
              sight.write(rows);
              besides.on(rows);
            });
    holdings.adopt(sight);
    holdings.adoptOutbox();
  }

  /** Seals what was received; to be called when receipts have come, however the way ended. */
  void seal() throws CairnException {
    sealing.sealReceived();
  }

  private void arrived(SealedRows rows, List<StatementId> arrived) throws CairnException {
    List<StatementId> waiting = new ArrayList<>();
    for (Statement statement : holdings.book().outbox()) {
      if (!arrived.contains(statement.id())) {
        waiting.add(statement.id());
      }
    }
    RosterBook.writeOutbox(rows, waiting);
  }
}
