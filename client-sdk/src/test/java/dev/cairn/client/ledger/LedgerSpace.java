package dev.cairn.client.ledger;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.FeedState;
import dev.cairn.protocol.feed.FeedView;
import dev.cairn.protocol.feed.Opening;
import dev.cairn.protocol.feed.Verdict;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.HashSource;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.log.StoredNode;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementVerdict;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The log of one space: what it holds, in order, and the tree over it. */
public final class LedgerSpace {

  /** One leaf: a statement, or a change with the place where its frame ended. */
  record Item(@Nullable Statement statement, @Nullable Change change, long frameEnd) {}

  final SpaceId id;
  final List<Item> items = new ArrayList<>();
  Function<Change, Digest> leaf = Change::leafHash;
  private final Map<StatementId, Long> statements = new HashMap<>();
  private final Map<ChangeId, Long> changes = new HashMap<>();
  private final Map<DeviceId, FeedMemory> feeds = new HashMap<>();
  private final Map<Long, Digest> nodes = new HashMap<>();
  private CompactTree tree = CompactTree.empty();
  private RosterState roster;
  private boolean alone;

  LedgerSpace(SpaceId id) {
    this.id = id;
    this.roster = RosterState.fold(id, List.of());
  }

  /** The same history, which goes its own way from here on. */
  LedgerSpace twin() {
    LedgerSpace twin = new LedgerSpace(id);
    List<Change> frame = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      if (item.statement() != null) {
        twin.add(item.statement());
      } else if (item.change() != null) {
        frame.add(item.change());
        if (item.frameEnd() == i) {
          twin.append(frame);
          frame.clear();
        }
      }
    }
    return twin;
  }

  RosterState roster() {
    return roster;
  }

  long size() {
    return tree.size();
  }

  /** Whether a request is signed with the recovery key, which may fetch what coordinators may. */
  boolean isRecovery(DeviceId signer) {
    return roster.recovery().map(keys -> keys.signKey().equals(signer)).orElse(false);
  }

  HashSource hashes() {
    return (level, index) -> {
      Digest found = nodes.get(key(level, index));
      if (found == null) {
        throw new IllegalStateException("no node");
      }
      return found;
    };
  }

  private static long key(int level, long index) {
    return (long) level << 48 | index;
  }

  SignedCheckpoint checkpoint(LogOrigin origin, SigningKey key) {
    return SignedCheckpoint.sign(new Checkpoint(origin, tree.size(), tree.root()), key);
  }

  Optional<Change> change(ChangeId id) {
    Long position = changes.get(id);
    return position == null
        ? Optional.empty()
        : Optional.ofNullable(items.get(position.intValue()).change());
  }

  /** Whether a change of a device names an attachment with its size. */
  boolean names(DeviceId device, AttachmentRef attachment) {
    return items.stream()
        .map(Item::change)
        .anyMatch(
            change ->
                change != null
                    && change.prefix().device().equals(device)
                    && change.prefix().attachments().contains(attachment));
  }

  /** Whether something of an entry is held already. */
  boolean holds(Entry entry) throws CairnException {
    if (entry instanceof Entry.Statement stated) {
      return statements.containsKey(Statement.decode(stated.statement().bytes()).id());
    }
    return entry instanceof Entry.OfFrame framed
        && framed.frame().changes().stream().anyMatch(change -> changes.containsKey(change.id()));
  }

  /** The places of a device's change and of those that follow it one after another. */
  List<Long> run(DeviceId device, ChangeId from) {
    List<Long> positions = new ArrayList<>();
    ChangeId last = from;
    for (int i = 0; i < items.size(); i++) {
      Change change = items.get(i).change();
      if (change != null && change.prefix().device().equals(device)) {
        boolean follows =
            change.prefix().previous().size() == 1 && change.prefix().previous().contains(last);
        if (change.id().equals(from) || (!positions.isEmpty() && follows)) {
          positions.add((long) i);
          last = change.id();
        }
      }
    }
    return positions;
  }

  long changeCount() {
    return changes.size();
  }

  /** Whether who hands in what follows is in, and says that statements go without their heads. */
  void alone(boolean value) {
    alone = value;
  }

  /** Accepts a statement and answers its position. */
  long accept(Statement statement) throws RefusedException {
    Long known = statements.get(statement.id());
    if (known != null) {
      return known;
    }
    for (StatementId head : statement.heads()) {
      if (!alone && !statements.containsKey(head)) {
        throw new RefusedException("statement.gap", "gap");
      }
    }
    RosterState with = roster.with(statement);
    // As if a coordinator handed it in: what lost its force is taken with what was built on it.
    if (with.worth(statement) == StatementVerdict.POWERLESS) {
      throw new RefusedException("statement.no-authority", "no authority");
    }
    return add(statement);
  }

  private long add(Statement statement) {
    roster = roster.with(statement);
    statements.put(statement.id(), size());
    items.add(new Item(statement, null, size()));
    grow(List.of(statement.leafHash()));
    return size() - 1;
  }

  /** Accepts a frame whole, or not at all, and answers the positions of its changes. */
  List<Long> accept(Frame frame) throws RefusedException {
    if (!roster.device(frame.device()).isPresent()) {
      throw new RefusedException("device.unknown", "unknown");
    }
    if (roster.isSuspended(frame.device())) {
      throw new RefusedException("device.suspended", "suspended");
    }
    FeedMemory feed = feeds.computeIfAbsent(frame.device(), any -> FeedMemory.empty());
    FeedState trial = new FeedState(id, frame.device(), FeedView.WHOLE, feed);
    List<Change> fresh = new ArrayList<>();
    for (Change change : frame.changes()) {
      Verdict verdict = trial.accept(change);
      if (verdict instanceof Verdict.Gap) {
        throw new RefusedException("feed.gap", "gap");
      }
      if (verdict instanceof Verdict.Refused no) {
        throw new RefusedException(no.fault().code(), "refused");
      }
      if (verdict.accepts()) {
        for (Opening opening : change.prefix().openings()) {
          if (!roster.epoch(opening.epoch()).isPresent()) {
            throw new RefusedException("epoch.unknown", "epoch");
          }
        }
        if (!change.opensSession() && !change.ciphertext().isPresent()) {
          throw new RefusedException("change.body-missing", "no body");
        }
        fresh.add(change);
      }
    }
    append(fresh);
    List<Long> positions = new ArrayList<>();
    for (Change change : frame.changes()) {
      Long position = changes.get(change.id());
      if (position == null) {
        throw new IllegalStateException("accepted change without position");
      }
      positions.add(position);
    }
    return positions;
  }

  private void append(List<Change> fresh) {
    long end = size() + fresh.size() - 1;
    List<Digest> leaves = new ArrayList<>();
    for (Change change : fresh) {
      DeviceId device = change.prefix().device();
      feeds.computeIfAbsent(device, any -> FeedMemory.empty()).add(change);
      changes.put(change.id(), (long) items.size());
      items.add(new Item(null, change, end));
      leaves.add(leaf.apply(change));
    }
    grow(leaves);
  }

  private void grow(List<Digest> leaves) {
    CompactTree.Growth growth = tree.append(leaves);
    for (StoredNode node : growth.nodes()) {
      nodes.put(key(node.level(), node.index()), node.hash());
    }
    tree = growth.tree();
  }
}
