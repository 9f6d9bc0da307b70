package dev.cairn.server;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.RefillOffer;
import dev.cairn.server.ledger.StoredNodes;
import dev.cairn.server.stream.DeviceKeyCache;
import dev.cairn.server.stream.RefillDecoder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a server had before it was restored, as its members know it together. */
final class LostLog {

  final SpaceId space;
  final LogHead head;
  final SignedCheckpoint checkpoint;
  private final LogKey key;
  private final List<LogEntry> entries = new ArrayList<>();
  private final List<Digest> leaves;
  private final LedgerStore store;

  LostLog(LedgerStore store, SpaceId space, LogKey key) throws Exception {
    this.store = store;
    this.space = space;
    this.key = key;
    try (LedgerView view = store.view()) {
      head = view.head(space).orElseThrow();
      byte[] note = view.checkpoint(space, head.generation(), head.size()).orElseThrow();
      checkpoint = SignedCheckpoint.open(note, key);
      leaves = view.leaves(space, head.generation(), 0, (int) head.size());
      view.entries(space, 0, entries::add);
    }
  }

  /** That so many leaves were signed. */
  Entry shown() {
    return new Entry.LogState(Encoded.of(checkpoint.note()), List.of(), 0);
  }

  /** Leaves and the proof that they are in the tree. */
  List<Entry> leaves(long first, int count) throws Exception {
    try (LedgerView view = store.view()) {
      RangeProof proof =
          RangeProof.create(first, count, head.size(), new StoredNodes(view, space, head));
      Receipt receipt = Receipt.of(head.generation(), proof, checkpoint);
      return List.of(
          new Entry.Leaves(first, leaves.subList((int) first, (int) first + count)),
          new Entry.OfReceipt(Encoded.of(receipt.encode())));
    }
  }

  /** What stands from a position on, a frame or statement each. */
  List<Entry> entries(long from) {
    List<Entry> found = new ArrayList<>();
    List<Change> frame = new ArrayList<>();
    for (LogEntry entry : entries) {
      if (entry.position() < from) {
        continue;
      }
      if (entry instanceof LogEntry.OfStatement statement) {
        found.add(
            new Entry.Statement(Encoded.of(statement.statement().encode()), OptionalLong.empty()));
      } else {
        LogEntry.OfChange change = (LogEntry.OfChange) entry;
        frame.add(change.change());
        if (change.frameEnd() == change.position()) {
          found.add(new Entry.OfFrame(Frame.of(frame), List.of()));
          frame.clear();
        }
      }
    }
    return found;
  }

  /** As the server reads them. */
  List<RefillOffer> offers(List<Entry> handedIn) throws Exception {
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Entry entry : handedIn) {
      out.writeBytes(writer.write(entry));
    }
    return new RefillDecoder(space, new DeviceKeyCache(), key, head.generation())
        .decode(out.toByteArray());
  }
}
