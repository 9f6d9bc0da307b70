package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedIndex;
import dev.cairn.protocol.feed.FeedPlace;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where this device's feed continues: its heads, and those of each audience, with their places. It
 * is all an author has to know, so no longer feed makes writing slower.
 *
 * <p>An audience has to be {@linkplain #load loaded} before an author asks for it, for the author
 * cannot wait for a store.
 */
public final class OwnFeed implements FeedIndex {

  private final Map<ChangeId, FeedPlace> heads = new TreeMap<>();
  private final Map<Audience, Map<ChangeId, FeedPlace>> audiences = new HashMap<>();
  private final Set<Audience> changed = new HashSet<>();

  /** Heads that this store wrote, where there are more heads than one change can join. */
  private final Set<ChangeId> writtenHere = new HashSet<>();

  /** Whether the next change joins the others without them. */
  private boolean passesOver;

  private OwnFeed() {}

  /** Reads the heads. */
  public static OwnFeed read(SealedRows rows) throws CairnException {
    OwnFeed feed = new OwnFeed();
    byte[] row = Fact.FEED.get(rows);
    if (row != null) {
      feed.heads.putAll(StoredForm.read("own feed", row, OwnFeed::readHeads));
      feed.sortOut(rows);
    }
    return feed;
  }

  /**
   * While the log holds as many branches as it takes, it does not take the one that was written
   * here before this device knew of them. So those of the log are joined first, by a change that
   * does not continue what is not there; then the log takes this one, and the next change joins it.
   * But own changes are kept by sequence, and no two may have one: where the branches of the log
   * are shorter, this one has to be continued, and another copy of this device has to join the
   * others.
   */
  private void sortOut(SealedRows rows) throws CairnException {
    if (heads.size() <= Limits.FEED_HEADS_MAX) {
      return;
    }
    long ownLast = 0;
    long othersLast = 0;
    for (Map.Entry<ChangeId, FeedPlace> head : heads.entrySet()) {
      long sequence = head.getValue().sequence();
      if (OwnChanges.sequence(rows, head.getKey()).isPresent()) {
        writtenHere.add(head.getKey());
        ownLast = Math.max(ownLast, sequence);
      } else {
        othersLast = Math.max(othersLast, sequence);
      }
    }
    passesOver = othersLast >= ownLast;
  }

  private Set<ChangeId> joinable(Map<ChangeId, FeedPlace> all) {
    if (all.size() <= Limits.FEED_HEADS_MAX && !passesOver) {
      return new TreeSet<>(all.keySet());
    }
    Set<ChangeId> joinable = new TreeSet<>();
    if (!passesOver) {
      joinable.addAll(writtenHere);
      joinable.retainAll(all.keySet());
    }
    List<Map.Entry<ChangeId, FeedPlace>> others = new ArrayList<>(all.entrySet());
    others.removeIf(head -> writtenHere.contains(head.getKey()));
    others.sort(Comparator.comparingLong(head -> -head.getValue().sequence()));
    for (Map.Entry<ChangeId, FeedPlace> head : others) {
      if (joinable.size() < Limits.FEED_HEADS_MAX) {
        joinable.add(head.getKey());
      }
    }
    return joinable;
  }

  /** Reads the heads of an audience, if that was not done yet. */
  public void load(SealedRows rows, Audience audience) throws CairnException {
    if (!audiences.containsKey(audience)) {
      byte[] row = rows.get(Table.FACT, key(audience));
      audiences.put(
          audience,
          row == null ? new TreeMap<>() : StoredForm.read("own audience", row, OwnFeed::readHeads));
    }
  }

  private static Map<ChangeId, FeedPlace> readHeads(CborReader reader) throws CairnException {
    Map<ChangeId, FeedPlace> heads = new TreeMap<>();
    int count = reader.arrayHeader();
    for (int i = 0; i < count; i++) {
      reader.arrayOf(2);
      ChangeId id = ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
      heads.put(id, PlaceForm.read(reader));
    }
    return heads;
  }

  /** Counts a change in whose audience is loaded. */
  public void add(Change change) {
    FeedPlace place = FeedPlace.of(change.prefix());
    change.prefix().previous().forEach(heads::remove);
    heads.put(change.id(), place);
    Map<ChangeId, FeedPlace> ofAudience = audience(change.prefix().audience());
    change.prefix().audiencePrevious().forEach(ofAudience::remove);
    ofAudience.put(change.id(), place);
    changed.add(change.prefix().audience());
  }

  /** Writes what was added. */
  public void write(SealedRows rows) throws CairnException {
    Fact.FEED.put(rows, form(heads));
    for (Audience audience : changed) {
      rows.put(Table.FACT, key(audience), form(audience(audience)));
    }
    changed.clear();
  }

  private static byte[] form(Map<ChangeId, FeedPlace> heads) {
    CborWriter writer = new CborWriter().array(heads.size());
    for (Map.Entry<ChangeId, FeedPlace> head : heads.entrySet()) {
      writer.array(2).bytes(head.getKey().bytes());
      PlaceForm.write(writer, head.getValue());
    }
    return writer.toBytes();
  }

  private static byte[] key(Audience audience) {
    return new CborWriter().array(2).text("own-audience").raw(PlaceForm.bytes(audience)).toBytes();
  }

  private Map<ChangeId, FeedPlace> audience(Audience audience) {
    Map<ChangeId, FeedPlace> found = audiences.get(audience);
    if (found == null) {
      throw new IllegalStateException("audience is not loaded");
    }
    return found;
  }

  /** The greatest sequence written. */
  public long sequence() {
    return heads.values().stream().mapToLong(FeedPlace::sequence).max().orElse(0);
  }

  @Override
  public Optional<FeedPlace> place(ChangeId change) {
    @Nullable FeedPlace place = heads.get(change);
    if (place != null) {
      return Optional.of(place);
    }
    for (Map<ChangeId, FeedPlace> ofAudience : audiences.values()) {
      place = ofAudience.get(change);
      if (place != null) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /** Those heads that the next change joins: all, if they are not more than it can name. */
  @Override
  public Set<ChangeId> heads() {
    return joinable(heads);
  }

  /** Those heads of an audience that the next change to it joins. */
  @Override
  public Set<ChangeId> heads(Audience audience) {
    return joinable(audience(audience));
  }

  /** Every head. */
  public Set<ChangeId> allHeads() {
    return new TreeSet<>(heads.keySet());
  }

  /** Every head of an audience. */
  public Set<ChangeId> allHeads(Audience audience) {
    return new TreeSet<>(audience(audience).keySet());
  }
}
