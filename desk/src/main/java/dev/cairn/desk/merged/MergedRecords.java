package dev.cairn.desk.merged;

import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.CircleDigest;
import dev.cairn.protocol.merge.Erasures;
import dev.cairn.protocol.merge.MergeAuthority;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.merge.RecordMerge;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The records that a set of opened changes makes, each merged when it is first asked for. Plaintext
 * in memory only. A snapshot: make a new one after a sync.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class MergedRecords {

  private final SortedMap<RecordId, List<AddressedChange>> byRecord = new TreeMap<>();
  private final Map<ChangeId, AddressedChange> byChange = new HashMap<>();
  private final Map<RecordId, RecordState> merged = new HashMap<>();
  private final Erasures erasures;
  private final MergeAuthority authority;

  /**
   * Takes the changes; merges nothing yet.
   *
   * @param changes all that this desk can open, each once
   * @param labels of every held change, opened or not
   * @param continued what every held change continues, opened or not
   */
  public MergedRecords(
      Collection<AddressedChange> changes,
      Collection<Label> labels,
      Map<ChangeId, List<ChangeId>> continued,
      RosterState roster) {
    this(changes, labels, new RosterAuthority(roster, continued));
  }

  /** Takes the changes, on another word about who may what. */
  public MergedRecords(
      Collection<AddressedChange> changes, Collection<Label> labels, MergeAuthority authority) {
    erasures = Erasures.of(labels, authority);
    for (AddressedChange change : changes) {
      // Erased from another record too, so that it is the same whether its body was ever here.
      if (erasures.isErased(change.change().id())) {
        continue;
      }
      byRecord.computeIfAbsent(change.change().record(), record -> new ArrayList<>()).add(change);
      byChange.put(change.change().id(), change);
    }
    this.authority = authority;
  }

  /** The ids of all records, ascending. */
  public Collection<RecordId> ids() {
    return Collections.unmodifiableSet(byRecord.keySet());
  }

  /** A record, merged from everything; empty if no change is about it. */
  public Optional<RecordState> state(RecordId record) {
    List<AddressedChange> changes = byRecord.get(record);
    if (changes == null) {
      return Optional.empty();
    }
    return Optional.of(merged.computeIfAbsent(record, id -> merge(changes, erasures)));
  }

  /** All records, merged, ascending by id. */
  public List<RecordState> states() {
    List<RecordState> states = new ArrayList<>();
    byRecord.keySet().forEach(record -> state(record).ifPresent(states::add));
    return states;
  }

  /** The changes about a record. */
  public List<AddressedChange> changes(RecordId record) {
    return Collections.unmodifiableList(byRecord.getOrDefault(record, Collections.emptyList()));
  }

  /** An opened change. */
  public Optional<AddressedChange> change(ChangeId change) {
    return Optional.ofNullable(byChange.get(change));
  }

  /** An opened change that names this one as erased, whether it erases it or does not count. */
  public Optional<AddressedChange> naming(ChangeId erased) {
    return byChange.values().stream()
        .filter(each -> erased.equals(each.change().erases()))
        .findFirst();
  }

  /** Whether a change that is held is erased. */
  public boolean isErased(ChangeId change) {
    return erasures.isErased(change);
  }

  /** The digest of a circle: of every record merged from what was addressed to that circle. */
  public Digest digest(CircleId circle) {
    return digest(circle, state -> {});
  }

  /** The digest of a circle, handing over each state that goes into it, in order. */
  public Digest digest(CircleId circle, Consumer<RecordState> each) {
    CircleDigest digest = new CircleDigest();
    Erasures inCircle = erasures.in(circle);
    for (Map.Entry<RecordId, List<AddressedChange>> entry : byRecord.entrySet()) {
      List<AddressedChange> addressed = new ArrayList<>();
      for (AddressedChange change : entry.getValue()) {
        if (change.audience().circles().contains(circle)) {
          addressed.add(change);
        }
      }
      if (!addressed.isEmpty()) {
        RecordState state =
            addressed.size() == entry.getValue().size() && inCircle.equals(erasures)
                ? merged.computeIfAbsent(entry.getKey(), id -> merge(addressed, erasures))
                : merge(addressed, inCircle);
        digest.add(state);
        each.accept(state);
      }
    }
    return digest.digest();
  }

  private RecordState merge(List<AddressedChange> changes, Erasures held) {
    List<MergeChange> bare = new ArrayList<>(changes.size());
    changes.forEach(change -> bare.add(change.change()));
    return RecordMerge.merge(bare, held, authority);
  }
}
