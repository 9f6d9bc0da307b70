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
import java.util.HashMap;
import java.util.HashSet;
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

  private OwnFeed() {}

  /** Reads the heads. */
  public static OwnFeed read(SealedRows rows) throws CairnException {
    OwnFeed feed = new OwnFeed();
    byte[] row = Fact.FEED.get(rows);
    if (row != null) {
      feed.heads.putAll(StoredForm.read("own feed", row, OwnFeed::readHeads));
    }
    return feed;
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

  @Override
  public Set<ChangeId> heads() {
    return new TreeSet<>(heads.keySet());
  }

  @Override
  public Set<ChangeId> heads(Audience audience) {
    return new TreeSet<>(audience(audience).keySet());
  }
}
