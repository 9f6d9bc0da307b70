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

  /** Proof that the log of one size continues that of another. */
  public byte[] consistency(Caller caller, long from, long size) throws StoreException {
    SpaceSnapshot snapshot = caller.snapshot();
    if (from > size || size > snapshot.head().size()) {
      throw new ProblemException(Problem.CHECKPOINT_UNKNOWN);
    }
    try (LedgerView view = ledger.store().view()) {
      StoredNodes nodes = new StoredNodes(view, snapshot.space(), snapshot.head());
      List<Digest> hashes = ConsistencyProof.create(from, size, nodes).hashes();
      CborWriter out = new CborWriter().array(hashes.size());
      hashes.forEach(hash -> out.bytes(hash.bytes()));
      return out.toBytes();
    } catch (UncheckedStoreException e) {
      throw e.fault();
    }
  }

  /** A receipt for a run of leaves under a checkpoint that was once signed. */
  public byte[] receipt(Caller caller, long first, long count, long size)
      throws StoreException, MalformedException {
    SpaceSnapshot snapshot = caller.snapshot();
    LogHead head = snapshot.head();
    boolean inside = count >= 1 && count <= Limits.PROOF_RUN_LEAVES_MAX && first <= size - count;
    if (!inside) {
      throw new ProblemException(Problem.REQUEST_MALFORMED);
    }
    try (LedgerView view = ledger.store().view()) {
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
