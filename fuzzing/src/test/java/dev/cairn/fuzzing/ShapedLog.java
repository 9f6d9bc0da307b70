package dev.cairn.fuzzing;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.HashSource;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.log.StoredNode;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log that holds what it is told to hold, judges nothing, and signs all of it with the real key.
 * It takes down what it ever signed.
 */
final class ShapedLog {

  /** One leaf, and what it stands for: a statement, a change, or nothing that anybody knows. */
  private record Item(Digest leaf, @Nullable Statement statement, @Nullable Change change) {}

  private final Founded space;
  private final LogOrigin origin;
  private final List<Item> items = new ArrayList<>();
  private final Map<Long, Integer> frames = new HashMap<>();
  private final Set<Digest> proven = new HashSet<>();
  private final Map<Long, Set<Digest>> signed = new HashMap<>();
  private Map<Long, Digest> nodes = new HashMap<>();
  private RosterState roster;

  /** The log as it honestly was. */
  ShapedLog(Founded space) {
    this.space = space;
    this.roster = RosterState.fold(space.id, List.of());
    for (LogEntry entry : space.entries) {
      if (entry instanceof LogEntry.OfStatement of) {
        add(of.statement());
      } else if (entry instanceof LogEntry.OfChange of) {
        frames.put(of.position(), (int) of.frameEnd());
        items.add(new Item(of.change().leafHash(), null, of.change()));
      }
    }
    grow();
    this.origin = roster.logs().get(roster.logs().lastKey()).origin();
  }

  long size() {
    return items.size();
  }

  RosterState roster() {
    return roster;
  }

  /** Whether a leaf was ever in a tree whose root was signed. */
  boolean everSigned(Digest leaf) {
    return proven.contains(leaf);
  }

  /** Whether everything that was ever signed here is the beginning of another log as it is now. */
  boolean isContinuedBy(ShapedLog other) {
    for (Map.Entry<Long, Set<Digest>> each : signed.entrySet()) {
      if (each.getKey() > other.size()) {
        return false;
      }
      List<Digest> leaves = other.leaves(0, each.getKey().intValue());
      Digest root = CompactTree.empty().append(leaves).tree().root();
      if (!each.getValue().equals(Set.of(root))) {
        return false;
      }
    }
    return true;
  }

  /** Whether everything is here that a frame goes on from. */
  boolean isContinuedBy(Frame frame) {
    Set<ChangeId> known = new HashSet<>();
    for (Item item : items) {
      Optional.ofNullable(item.change()).ifPresent(change -> known.add(change.id()));
    }
    for (Change change : frame.changes()) {
      if (!known.containsAll(change.prefix().previous())
          || !known.containsAll(change.prefix().audiencePrevious())) {
        return false;
      }
      known.add(change.id());
    }
    return true;
  }

  /** Takes over what another log signed, in this one's name. */
  void remember(ShapedLog other) {
    proven.addAll(other.proven);
  }

  private void add(Statement statement) {
    roster = roster.with(statement);
    items.add(new Item(statement.leafHash(), statement, null));
  }

  private void grow() {
    nodes = new HashMap<>();
    List<Digest> leaves = new ArrayList<>();
    items.forEach(item -> leaves.add(item.leaf()));
    CompactTree.Growth growth = CompactTree.empty().append(leaves);
    for (StoredNode node : growth.nodes()) {
      nodes.put((long) node.level() << 48 | node.index(), node.hash());
    }
  }

  private HashSource hashes() {
    return (level, index) -> {
      Digest node = nodes.get((long) level << 48 | index);
      if (node == null) {
        throw new IllegalArgumentException("no node");
      }
      return node;
    };
  }

  /** Takes a statement or a frame in, each leaf once, and answers the places. */
  List<Long> accept(Entry entry) throws CairnException {
    List<Long> places = new ArrayList<>();
    if (entry instanceof Entry.Statement stated) {
      Statement statement = Statement.decode(stated.statement().bytes());
      places.add(
          place(statement.leafHash())
              .orElseGet(
                  () -> {
                    add(statement);
                    return items.size() - 1L;
                  }));
    } else if (entry instanceof Entry.OfFrame framed) {
      List<Long> fresh = new ArrayList<>();
      for (Change change : framed.frame().changes()) {
        Optional<Long> known = place(change.leafHash());
        if (!known.isPresent()) {
          fresh.add((long) items.size());
          items.add(new Item(change.leafHash(), null, change));
        }
        places.add(known.orElseGet(() -> items.size() - 1L));
      }
      fresh.forEach(place -> frames.put(place, items.size() - 1));
    }
    grow();
    return places;
  }

  private Optional<Long> place(Digest leaf) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).leaf().equals(leaf)) {
        return Optional.of((long) i);
      }
    }
    return Optional.empty();
  }

  /** Puts a leaf at the end that nobody knows anything of. */
  void addUnknown(byte[] leaf) {
    items.add(new Item(Digest.of(leaf), null, null));
    grow();
  }

  /** Has another leaf there from now on. */
  void replace(int place, byte[] leaf) {
    items.set(place, new Item(Digest.of(leaf), null, null));
    grow();
  }

  /** Forgets everything from a place on. */
  void cut(int size) {
    items.subList(size, items.size()).clear();
    frames.keySet().removeIf(place -> place >= size);
    frames.replaceAll((place, end) -> Math.min(end, size - 1));
    grow();
  }

  /** Signs the tree as it is. */
  SignedCheckpoint checkpoint() throws CairnException {
    return checkpoint(items.size());
  }

  /** Signs the tree as it was when it was smaller. */
  SignedCheckpoint checkpoint(int size) throws CairnException {
    items.subList(0, size).forEach(item -> proven.add(item.leaf()));
    return sign(size, CompactTree.load(size, hashes()).root());
  }

  /** Signs a root of which there are no leaves. */
  SignedCheckpoint sign(long size, Digest root) throws CairnException {
    signed.computeIfAbsent(size, any -> new HashSet<>()).add(root);
    return space.signer.sign(new Checkpoint(origin, size, root));
  }

  Entry.LogState state(long seen, long next) throws CairnException {
    return new Entry.LogState(
        Encoded.of(checkpoint().note()), consistency(seen, items.size()), next);
  }

  List<Digest> consistency(long from, long to) {
    return from > to || to > items.size()
        ? List.of()
        : ConsistencyProof.create(from, to, hashes()).hashes();
  }

  Entry receipt(long first, long count) throws CairnException {
    RangeProof proof = RangeProof.create(first, count, items.size(), hashes());
    return receipt(0, proof, checkpoint());
  }

  static Entry receipt(long generation, RangeProof proof, SignedCheckpoint under) {
    return new Entry.OfReceipt(Encoded.of(Receipt.of(generation, proof, under).encode()));
  }

  /** Leaves as they are, from a place on. */
  List<Digest> leaves(int first, int count) {
    List<Digest> leaves = new ArrayList<>();
    items.subList(first, first + count).forEach(item -> leaves.add(item.leaf()));
    return leaves;
  }

  /** A receipt for every run of neighbours, with how the log goes on where it does not say. */
  List<Entry> receipts(List<Long> places, long seen) throws CairnException {
    List<Entry> answers = new ArrayList<>();
    long seenSize = seen;
    int from = 0;
    while (from < places.size()) {
      int to = from + 1;
      while (to < places.size() && places.get(to) == places.get(to - 1) + 1) {
        to++;
      }
      long first = places.get(from);
      if (seenSize != 0 && seenSize != size() && seenSize != first) {
        List<Digest> proof = consistency(seenSize, size());
        answers.add(new Entry.LogState(Encoded.of(new byte[0]), proof, 0));
      }
      answers.add(receipt(first, to - from));
      seenSize = size();
      from = to;
    }
    return answers;
  }

  /** The places of a device's change and of those that follow it. */
  List<Long> run(DeviceId device, ChangeId from) {
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Change change = items.get(i).change();
      if (change != null
          && change.prefix().device().equals(device)
          && (!places.isEmpty() || change.id().equals(from))) {
        places.add((long) i);
      }
    }
    return places;
  }

  /** What the log honestly has for a reader from a position on. */
  List<Entry> pull(DeviceId reader, long from, long seen, boolean hashes, boolean own)
      throws CairnException {
    Set<StatementId> shown = new HashSet<>();
    roster.servedTo(reader).forEach(statement -> shown.add(statement.id()));
    List<Entry> entries = new ArrayList<>();
    List<Change> frame = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      Statement statement = item.statement();
      Change change = item.change();
      if (statement != null && shown.contains(statement.id())) {
        entries.add(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.of(i)));
      } else if (change != null && i >= from && isFor(reader, change, own)) {
        frame.add(change);
        positions.add((long) i);
      } else if (hashes && i >= from) {
        entries.add(
            change != null && roster.isServedAll(reader)
                ? new Entry.Hidden(i, List.of(change.leaf()))
                : new Entry.Leaves(i, List.of(item.leaf())));
      }
      if (!frame.isEmpty() && frames.getOrDefault((long) i, i) == i) {
        entries.add(new Entry.OfFrame(Frame.of(frame), positions));
        frame.clear();
        positions.clear();
      }
    }
    entries.add(state(seen, items.size()));
    return entries;
  }

  /** Statements and frames as they are, whoever may read them. */
  List<Entry> everything() {
    List<Entry> entries = new ArrayList<>();
    List<Change> frame = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Statement statement = items.get(i).statement();
      Change change = items.get(i).change();
      if (statement != null) {
        entries.add(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty()));
      } else if (change != null) {
        frame.add(change);
        if (frames.getOrDefault((long) i, i) == i) {
          entries.add(new Entry.OfFrame(Frame.of(frame), List.of()));
          frame.clear();
        }
      }
    }
    return entries;
  }

  private boolean isFor(DeviceId reader, Change change, boolean own) {
    if (own && change.prefix().device().equals(reader)) {
      return true;
    }
    return change.prefix().audience().circles().stream()
        .anyMatch(circle -> roster.mayFetch(reader, circle));
  }
}
