package dev.cairn.client.sync;

import dev.cairn.client.capture.Sealing;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;

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

  /** One leaf of this device that was sent. */
  record Sent(Digest hash, ReceiptRow.Leaf leaf, long sequence) {

    static Sent of(Statement statement) {
      return new Sent(statement.leafHash(), new ReceiptRow.Leaf.OfStatement(statement.id()), 0);
    }

    static Sent of(Change change) {
      return new Sent(
          change.leafHash(),
          new ReceiptRow.Leaf.OfChange(change.prefix().device(), change.id()),
          change.prefix().sequence());
    }
  }

  /**
   * Takes a receipt for leaves that were sent in this order, with the state of the log it comes
   * with; durable on return.
   *
   * @throws LyingServerException if the receipt proves something else, or contradicts the past
   */
  void take(Receipt receipt, List<Sent> sent, byte[] note, List<Digest> consistency)
      throws CairnException {
    SignedCheckpoint now = trust.believe(note, consistency);
    SignedCheckpoint proven = verified(receipt, hashes(sent));
    if (!proven.checkpoint().root().equals(now.checkpoint().root())) {
      throw LogTrust.lie(
          "the server's receipt and its checkpoint contradict each other", proven.note(), note);
    }
    keep(receipt, sent, holdings.log().checkpoint(now));
  }

  private static List<Digest> hashes(List<Sent> sent) {
    List<Digest> hashes = new ArrayList<>();
    sent.forEach(leaf -> hashes.add(leaf.hash()));
    return hashes;
  }

  private SignedCheckpoint verified(Receipt receipt, List<Digest> leaves) throws CairnException {
    LogKey key = holdings.roster().logs().get(receipt.generation());
    if (key != null) {
      try {
        return receipt.verify(leaves, key);
      } catch (MalformedException e) {
        // Told below, with the note that proves it.
      }
    }
    throw LogTrust.lie(
        "the server's receipt does not prove what it should", new byte[0], receipt.note());
  }

  /** Keeps a receipt that was verified, with what is seen of the log from then on. */
  void keep(Receipt receipt, List<Sent> sent, LogSight sight) throws CairnException {
    List<ReceiptRow.Leaf> leaves = new ArrayList<>();
    List<StatementId> arrived = new ArrayList<>();
    long through = 0;
    for (Sent leaf : sent) {
      leaves.add(leaf.leaf());
      through = Math.max(through, leaf.sequence());
      if (leaf.leaf() instanceof ReceiptRow.Leaf.OfStatement statement) {
        arrived.add(statement.statement());
      }
    }
    long receivedThrough = through;
    holdings
        .store()
        .change(
            rows -> {
              new ReceiptRow(receipt, leaves).append(rows);
              Progress.read(rows).received(receivedThrough).write(rows);
              arrived(rows, arrived);
              sight.write(rows);
            });
    holdings.adopt(sight);
    holdings.store().read(this::adoptBook);
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

  private Boolean adoptBook(SealedRows rows) throws CairnException {
    holdings.book().adopt(holdings.roster(), rows);
    return Boolean.TRUE;
  }
}
