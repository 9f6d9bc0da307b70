package dev.cairn.server.bundle;

import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.StoredNodes;
import dev.cairn.server.ledger.UncheckedStoreException;
import dev.cairn.server.stream.PullPager;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Writes what goes back to one author: the state of the log, proved from the checkpoint he cited,
 * from each that his parcel shows and from those of earlier answers; receipts, each after the
 * leaves it proves, so that he need not remember what he sent; and what the log has for him since
 * that checkpoint, for he may have no other way to hear of it.
 */
final class AnswerWriter {

  private static final int NEWS_BYTES_MAX = 1024 * 1024;

  /** Receipts beyond this wait for another parcel; one always has room for the news as well. */
  private static final int RECEIPTS_BYTES_MAX = 1024 * 1024;

  private final Ledger ledger;
  private final SpaceSnapshot snapshot;
  private final EntryWriter writer = new EntryWriter();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  AnswerWriter(Ledger ledger, SpaceSnapshot snapshot) {
    this.ledger = ledger;
    this.snapshot = snapshot;
  }

  ParcelContent write(DeviceId author, Tally.Leaves leaves, ShownCheckpoints shown)
      throws StoreException {
    LogHead head = snapshot.head();
    long cited = leaves.citedSize(head.generation());
    // Who cites more than there is has caught this server; no proof can lead there.
    long from = cited <= head.size() ? cited : 0;
    try (LedgerView view = ledger.store().view()) {
      StoredNodes nodes = new StoredNodes(view, snapshot.space(), head);
      if (leaves.citedGeneration() < head.generation()) {
        writeGenerations();
      }
      writeState(from, nodes);
      NavigableSet<Long> sizes = shown.sizes(head.size());
      sizes.addAll(answered(view, leaves));
      sizes.removeIf(size -> size == 0 || size == from);
      for (long size : sizes) {
        writeState(size, nodes);
      }
      writeReceipts(leaves, nodes);
    } catch (UncheckedStoreException e) {
      throw e.fault();
    }
    writeNews(author, from);
    return new ParcelContent.Answer(snapshot.space(), author, Encoded.of(out.toByteArray()));
  }

  /**
   * The checkpoints with which this author's earlier parcels were answered, as far as what he sent
   * now tells: answers cross on their way, and he may have seen one of these since he packed it.
   */
  private NavigableSet<Long> answered(LedgerView view, Tally.Leaves leaves) throws StoreException {
    List<Long> earlier = new ArrayList<>(leaves.knownRunEnds());
    for (ChangeId before : leaves.continued()) {
      view.position(snapshot.space(), before).ifPresent(earlier::add);
    }
    NavigableSet<Long> sizes = new TreeSet<>();
    for (long leaf : earlier) {
      if (sizes.size() < Limits.SHOWN_CHECKPOINTS_MAX) {
        view.checkpointAfter(snapshot.space(), snapshot.head().generation(), leaf)
            .ifPresent(sizes::add);
      }
    }
    return sizes;
  }

  /** Who knows of an earlier log only can tell the key of this one by these. */
  private void writeGenerations() {
    for (Statement statement : snapshot.roster().statements()) {
      boolean judges =
          statement.kind() == StatementKind.GENERATION
              || statement.kind() == StatementKind.REPLACEMENT;
      Long position = snapshot.positions().get(statement.id());
      if (judges && position != null) {
        Encoded encoded = Encoded.of(statement.encode());
        out.writeBytes(writer.write(new Entry.Statement(encoded, OptionalLong.of(position))));
      }
    }
  }

  private void writeState(long from, StoredNodes nodes) {
    long size = snapshot.head().size();
    List<Digest> consistency =
        from == 0 ? List.of() : ConsistencyProof.create(from, size, nodes).hashes();
    Encoded note = Encoded.of(snapshot.checkpoint().note());
    out.writeBytes(writer.write(new Entry.LogState(note, consistency, size)));
  }

  private void writeReceipts(Tally.Leaves leaves, StoredNodes nodes) {
    List<Digest> run = new ArrayList<>();
    long first = 0;
    for (Map.Entry<Long, Digest> leaf : leaves.byPosition().entrySet()) {
      boolean continues = leaf.getKey() == first + run.size();
      if (!run.isEmpty() && (!continues || run.size() == Limits.ENTRY_LEAVES_MAX)) {
        writeReceipt(first, run, nodes);
        run.clear();
      }
      if (run.isEmpty()) {
        first = leaf.getKey();
      }
      run.add(leaf.getValue());
    }
    if (!run.isEmpty()) {
      writeReceipt(first, run, nodes);
    }
  }

  private void writeReceipt(long first, List<Digest> run, StoredNodes nodes) {
    if (out.size() > RECEIPTS_BYTES_MAX) {
      return;
    }
    out.writeBytes(writer.write(new Entry.Leaves(first, run)));
    LogHead head = snapshot.head();
    RangeProof proof = RangeProof.create(first, run.size(), head.size(), nodes);
    Receipt receipt = Receipt.of(head.generation(), proof, snapshot.checkpoint());
    out.writeBytes(writer.write(new Entry.OfReceipt(Encoded.of(receipt.encode()))));
  }

  private void writeNews(DeviceId author, long from) throws StoreException {
    PullPager pager =
        new PullPager(ledger, snapshot, author, from, from, NEWS_BYTES_MAX, PullPager.Show.NOTHING);
    while (!pager.ended()) {
      out.writeBytes(pager.piece());
    }
  }
}
