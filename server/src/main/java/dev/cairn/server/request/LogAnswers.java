package dev.cairn.server.request;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.StoredNodes;
import dev.cairn.server.ledger.UncheckedStoreException;
import java.util.List;
import java.util.Set;

/** Answers to small questions about the log and about a device's own feed. For many threads. */
public final class LogAnswers {

  private final Ledger ledger;
  private final LogSigner signer;

  /** From this ledger. */
  public LogAnswers(Ledger ledger, LogSigner signer) {
    this.ledger = ledger;
    this.signer = signer;
  }

  /** The heads of the caller's feed and its highest sequence: {@code {1: [* id32], 2: uint}}. */
  public byte[] head(Caller caller) throws StoreException {
    try (LedgerView view = ledger.store().view()) {
      Set<ChangeId> heads = view.heads(caller.snapshot().space(), caller.device());
      long sequence = 0;
      CborWriter out = new CborWriter().map(2).uint(1).array(heads.size());
      for (ChangeId head : heads) {
        out.bytes(head.bytes());
        Prefix prefix = view.prefix(caller.snapshot().space(), head).orElseThrow();
        sequence = Math.max(sequence, prefix.sequence());
      }
      return out.uint(2).uint(sequence).toBytes();
    }
  }

  /** A generation of the log, the present one or one that ended. */
  private static LogHead head(LedgerView view, SpaceSnapshot snapshot, long generation)
      throws StoreException {
    return generation == snapshot.head().generation()
        ? snapshot.head()
        : view.ended(snapshot.space(), generation)
            .orElseThrow(() -> new ProblemException(Problem.CHECKPOINT_UNKNOWN));
  }

  /** Proof that the log of one size continues that of another. */
  public byte[] consistency(Caller caller, long generation, long from, long size)
      throws StoreException {
    SpaceSnapshot snapshot = caller.snapshot();
    try (LedgerView view = ledger.store().view()) {
      LogHead head = head(view, snapshot, generation);
      if (from > size || size > head.size()) {
        throw new ProblemException(Problem.CHECKPOINT_UNKNOWN);
      }
      StoredNodes nodes = new StoredNodes(view, snapshot.space(), head);
      List<Digest> hashes = ConsistencyProof.create(from, size, nodes).hashes();
      CborWriter out = new CborWriter().array(hashes.size());
      hashes.forEach(hash -> out.bytes(hash.bytes()));
      return out.toBytes();
    } catch (UncheckedStoreException e) {
      throw e.fault();
    }
  }

  /** A receipt for a run of leaves under a checkpoint that was once signed. */
  public byte[] receipt(Caller caller, long generation, long first, long count, long size)
      throws StoreException, MalformedException {
    SpaceSnapshot snapshot = caller.snapshot();
    boolean inside = count >= 1 && count <= Limits.PROOF_RUN_LEAVES_MAX && first <= size - count;
    if (!inside) {
      throw new ProblemException(Problem.REQUEST_MALFORMED);
    }
    try (LedgerView view = ledger.store().view()) {
      LogHead head = head(view, snapshot, generation);
      byte[] note =
          view.checkpoint(snapshot.space(), head.generation(), size)
              .orElseThrow(() -> new ProblemException(Problem.CHECKPOINT_UNKNOWN));
      SignedCheckpoint signed = SignedCheckpoint.open(note, signer.logKey(head.origin()));
      StoredNodes nodes = new StoredNodes(view, snapshot.space(), head);
      RangeProof proof = RangeProof.create(first, count, size, nodes);
      return Receipt.of(head.generation(), proof, signed).encode();
    } catch (UncheckedStoreException e) {
      throw e.fault();
    }
  }
}
