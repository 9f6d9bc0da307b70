package dev.cairn.server.stream;

import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.RefusalCode;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.StoredNodes;
import dev.cairn.server.ledger.UncheckedStoreException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes answers as entries of one stream, in the order of what they answer: refusals as they are,
 * and for each run of neighbours in the log one receipt, with the proof that it continues what the
 * reader had seen before it where it does not show that itself. For one thread at a time.
 */
public final class Receipts {

  /** Of the receipt that follows. */
  private static final Encoded THE_RECEIPTS = Encoded.of(new byte[0]);

  private final Ledger ledger;
  private final SpaceId space;
  private final long generation;
  private final EntryWriter writer = new EntryWriter();
  private long seenSize;

  /**
   * Begins a stream.
   *
   * @param begun the space as it was when the reader asked; of a log that is opened meanwhile he
   *     could not tell the key
   * @param seenSize leaves of the checkpoint that the reader has seen, 0 if none
   */
  public Receipts(Ledger ledger, SpaceSnapshot begun, long seenSize) {
    this.ledger = ledger;
    this.space = begun.space();
    this.generation = begun.head().generation();
    this.seenSize = seenSize;
  }

  /** An answer and the entry it is for. */
  public record Numbered(long entry, Answer answer) {

    /** Answers to the entries of a stream from its first on. */
    public static List<Numbered> all(List<Answer> answers) {
      List<Numbered> numbered = new ArrayList<>();
      for (Answer answer : answers) {
        numbered.add(new Numbered(numbered.size(), answer));
      }
      return numbered;
    }
  }

  /** Encodes answers. What they speak of is durable, so the newest checkpoint holds it. */
  public byte[] encode(List<Numbered> answers) throws StoreException {
    SpaceSnapshot snapshot = ledger.snapshot(space).orElseThrow();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (snapshot.head().generation() != generation) {
      for (Numbered numbered : answers) {
        out.writeBytes(writer.write(openedMeanwhile(numbered)));
      }
      return out.toByteArray();
    }
    try (LedgerView view = ledger.store().view()) {
      StoredNodes nodes = new StoredNodes(view, space, snapshot.head());
      Run run = new Run();
      for (Numbered numbered : answers) {
        if (numbered.answer() instanceof Answer.Placed placed) {
          for (long position : placed.positions()) {
            if (!run.take(position)) {
              writeRun(run, snapshot, nodes, out);
              run = new Run();
              run.take(position);
            }
          }
        } else {
          writeRun(run, snapshot, nodes, out);
          run = new Run();
          Answer.Refused refused = (Answer.Refused) numbered.answer();
          out.writeBytes(
              writer.write(new Entry.Refusal(numbered.entry(), refused.code(), Optional.empty())));
        }
      }
      writeRun(run, snapshot, nodes, out);
    } catch (UncheckedStoreException e) {
      throw e.fault();
    }
    return out.toByteArray();
  }

  private static Entry openedMeanwhile(Numbered numbered) {
    String code =
        numbered.answer() instanceof Answer.Refused refused
            ? refused.code()
            : RefusalCode.LOG_GENERATION.code();
    return new Entry.Refusal(numbered.entry(), code, Optional.empty());
  }

  private void writeRun(
      Run run, SpaceSnapshot snapshot, StoredNodes nodes, ByteArrayOutputStream out) {
    if (run.count == 0) {
      return;
    }
    LogHead head = snapshot.head();
    RangeProof proof = RangeProof.create(run.first, run.count, head.size(), nodes);
    Receipt receipt = Receipt.of(head.generation(), proof, snapshot.checkpoint());
    if (!receipt.leadsFrom(seenSize)) {
      List<Digest> consistency = ConsistencyProof.create(seenSize, head.size(), nodes).hashes();
      out.writeBytes(writer.write(new Entry.LogState(THE_RECEIPTS, consistency, 0)));
    }
    out.writeBytes(writer.write(new Entry.OfReceipt(Encoded.of(receipt.encode()))));
    seenSize = head.size();
  }

  /** Consecutive leaves. */
  private static final class Run {
    private long first;
    private long count;

    boolean take(long position) {
      if (count == 0) {
        first = position;
      } else if (position != first + count || count == Limits.PROOF_RUN_LEAVES_MAX) {
        return false;
      }
      count++;
      return true;
    }
  }
}
