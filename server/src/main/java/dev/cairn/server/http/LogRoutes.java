package dev.cairn.server.http;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.http.HttpNames;
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
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** Small questions about the log and about a device's own feed. */
final class LogRoutes {

  private final Ledger ledger;
  private final LogSigner signer;
  private final RequestAuthority authority;
  private final Workers workers;

  LogRoutes(Ledger ledger, LogSigner signer, RequestAuthority authority, Workers workers) {
    this.ledger = ledger;
    this.signer = signer;
    this.authority = authority;
    this.workers = workers;
  }

  /** GET: the newest signed checkpoint, for anybody. */
  void checkpoint(RoutingContext ctx) {
    try {
      byte[] note = authority.space(ctx).checkpoint().note();
      ctx.response()
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .putHeader("Cache-Control", "no-store")
          .end(Buffer.buffer(note));
    } catch (ProblemException e) {
      Problems.send(ctx, e);
    }
  }

  /** GET: the caller's feed as it is held here. */
  void head(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .member(ctx)
        .compose(caller -> workers.call(() -> head(caller)))
        .onSuccess(body -> send(ctx, body))
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private byte[] head(Caller caller) throws StoreException {
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

  /** GET: a receipt for a run of leaves, or a consistency proof between two sizes. */
  void proof(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .member(ctx)
        .compose(
            caller -> {
              Query query = new Query(ctx);
              long size = query.number("size");
              return query.has("from")
                  ? workers.call(() -> consistency(caller, query.number("from"), size))
                  : workers.call(
                      () -> receipt(caller, query.number("first"), query.number("count"), size));
            })
        .onSuccess(body -> send(ctx, body))
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private byte[] consistency(Caller caller, long from, long size) throws StoreException {
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

  private byte[] receipt(Caller caller, long first, long count, long size)
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

  private static void send(RoutingContext ctx, byte[] body) {
    ctx.request().resume();
    ctx.response().putHeader("Content-Type", HttpNames.CBOR).end(Buffer.buffer(body));
  }
}
