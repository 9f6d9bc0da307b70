package dev.cairn.server.check;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.FeedState;
import dev.cairn.protocol.feed.FeedView;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.log.StoredNode;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.VerifyingKey;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks one space's log once and checks everything along the way. */
final class SpaceCheck {

  private final LedgerView view;
  private final SpaceId space;
  private final LogHead head;
  private final LogKey logKey;
  private final Findings findings;
  private final Set<Long> checkpointSizes;
  private final Map<DeviceId, FeedMemory> feeds = new HashMap<>();
  private final List<Change> frame = new ArrayList<>();
  private CompactTree tree = CompactTree.empty();

  SpaceCheck(LedgerView view, SpaceId space, LogSigner signer, Findings findings)
      throws StoreException {
    this.view = view;
    this.space = space;
    this.findings = findings;
    this.head = view.head(space).orElseThrow();
    this.logKey = signer.logKey(head.origin());
    this.checkpointSizes = new HashSet<>(view.checkpointSizes(space, head.generation()));
  }

  void run() throws StoreException {
    view.entries(space, 0, this::visit);
    if (tree.size() != head.size()) {
      findings.problem("entry", space, "position " + tree.size());
      return;
    }
    if (!checkpointSizes.contains(head.size())) {
      findings.problem("checkpoint", space, "size " + head.size());
    }
    for (Map.Entry<DeviceId, FeedMemory> feed : feeds.entrySet()) {
      if (!view.heads(space, feed.getKey()).equals(feed.getValue().heads())) {
        findings.problem("heads", space, "device " + feed.getKey());
      }
    }
  }

  private boolean visit(LogEntry entry) throws StoreException {
    if (entry instanceof LogEntry.OfStatement statement) {
      findings.count("statements");
      if (!statement.statement().signaturesValid()) {
        findings.problem("signature", space, "position " + entry.position());
      }
      grow(statement.statement().leafHash());
      return true;
    }
    LogEntry.OfChange change = (LogEntry.OfChange) entry;
    findings.count("changes");
    checkBody(change);
    checkFeed(change);
    frame.add(change.change());
    if (change.frameEnd() == change.position()) {
      checkFrame(change.position());
      frame.clear();
    }
    grow(change.change().leafHash());
    return true;
  }

  /** That payload and ciphertext belong together was checked when the row was read. */
  private void checkBody(LogEntry.OfChange entry) throws StoreException {
    Change change = entry.change();
    boolean hasBody = change.ciphertext().isPresent();
    if (!change.opensSession() && hasBody == view.isErased(space, change.id())) {
      findings.problem("body", space, "position " + entry.position());
    }
  }

  private void checkFeed(LogEntry.OfChange entry) {
    DeviceId device = entry.change().prefix().device();
    FeedMemory feed = feeds.computeIfAbsent(device, any -> FeedMemory.empty());
    FeedState state = FeedState.ofLog(space, device, FeedView.WHOLE, feed);
    if (!state.check(entry.change()).accepts()) {
      findings.problem("feed", space, "position " + entry.position());
    }
    feed.add(entry.change());
  }

  private void checkFrame(long position) {
    findings.count("frames");
    try {
      Frame whole = Frame.of(frame);
      FrameSignatures.verify(whole, VerifyingKey.of(whole.device().bytes()));
    } catch (CairnException | IllegalArgumentException e) {
      findings.problem("signature", space, "position " + position);
    }
  }

  private void grow(Digest leaf) throws StoreException {
    CompactTree.Growth growth = tree.append(leaf);
    tree = growth.tree();
    for (StoredNode node : growth.nodes()) {
      findings.count("nodes");
      if (!isStored(node)) {
        findings.problem("node", space, node.level() + "/" + node.index());
      }
    }
    if (checkpointSizes.contains(tree.size())) {
      checkCheckpoint();
    }
  }

  private boolean isStored(StoredNode node) {
    try {
      Digest stored = view.node(space, head.generation(), node.level(), node.index());
      return stored.equals(node.hash());
    } catch (StoreException e) {
      return false;
    }
  }

  private void checkCheckpoint() throws StoreException {
    findings.count("checkpoints");
    byte[] note = view.checkpoint(space, head.generation(), tree.size()).orElseThrow();
    try {
      SignedCheckpoint signed = SignedCheckpoint.open(note, logKey);
      if (signed.checkpoint().size() == tree.size()
          && signed.checkpoint().root().equals(tree.root())) {
        return;
      }
    } catch (CairnException e) {
      findings.problem("checkpoint", space, "size " + tree.size());
      return;
    }
    findings.problem("checkpoint", space, "size " + tree.size());
  }
}
