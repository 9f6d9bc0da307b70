package dev.cairn.protocol.cbor;

import dev.cairn.protocol.MalformedException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A map with unsigned integers or texts as keys, in their encoded order. */
public final class CborMap implements CborValue {
  private static final CborMap EMPTY = new CborMap(new TreeMap<>());

  private final Map<CborValue, CborValue> entries;

  private CborMap(SortedMap<CborValue, CborValue> entries) {
    for (CborValue key : entries.keySet()) {
      if (!(key instanceof CborValue.Text)
          && !(key instanceof CborValue.Int number && number.value() >= 0)) {
        throw new IllegalArgumentException("map key is no unsigned integer or text");
      }
    }
    this.entries = Collections.unmodifiableMap(entries);
  }

  static CborMap of(SortedMap<CborValue, CborValue> entries) {
    return entries.isEmpty() ? EMPTY : new CborMap(entries);
  }

  static CborMap read(CborReader reader) throws MalformedException {
    int count = reader.mapHeader();
    SortedMap<CborValue, CborValue> entries = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      CborValue key = CborValue.read(reader);
      entries.put(key, CborValue.read(reader));
    }
    return of(entries);
  }

  /** The entries in the order of their encoded keys; cannot be changed. */
  public Map<CborValue, CborValue> entries() {
    return entries;
  }

  /** The value under a number. */
  public Optional<CborValue> get(long key) {
    return Optional.ofNullable(entries.get(new CborValue.Int(key)));
  }

  /** The value under a text. */
  public Optional<CborValue> get(String key) {
    return Optional.ofNullable(entries.get(new CborValue.Text(key)));
  }

  @Override
  public CborType type() {
    return CborType.MAP;
  }

  @Override
  public int depth() {
    int inside = 0;
    for (CborValue value : entries.values()) {
      inside = Math.max(inside, value.depth());
    }
    return 1 + inside;
  }

  @Override
  public int itemCount() {
    int count = 1;
    for (CborValue value : entries.values()) {
      count += 1 + value.itemCount();
    }
    return count;
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(entries.size());
    for (Map.Entry<CborValue, CborValue> entry : entries.entrySet()) {
      entry.getKey().write(writer);
      entry.getValue().write(writer);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CborMap map && entries.equals(map.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "map of " + entries.size();
  }
}
