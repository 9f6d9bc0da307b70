package dev.cairn.protocol.cbor;

import dev.cairn.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;

/** An array. */
public final class CborArray implements CborValue {
  private static final CborArray EMPTY = new CborArray(List.of());

  private final List<CborValue> items;

  private CborArray(List<CborValue> items) {
    this.items = items;
  }

  /** Takes a copy that has no room to spare: thousands may stand in one value. */
  static CborArray of(List<? extends CborValue> items) {
    return items.isEmpty() ? EMPTY : new CborArray(List.copyOf(items));
  }

  static CborArray read(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader();
    List<CborValue> items = new ArrayList<>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      items.add(CborValue.read(reader));
    }
    return of(items);
  }

  /** The items in their order; cannot be changed. */
  public List<CborValue> items() {
    return items;
  }

  @Override
  public CborType type() {
    return CborType.ARRAY;
  }

  @Override
  public int depth() {
    int inside = 0;
    for (CborValue item : items) {
      inside = Math.max(inside, item.depth());
    }
    return 1 + inside;
  }

  @Override
  public int itemCount() {
    int count = 1;
    for (CborValue item : items) {
      count += item.itemCount();
    }
    return count;
  }

  @Override
  public void write(CborWriter writer) {
    writer.array(items.size());
    for (CborValue item : items) {
      item.write(writer);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CborArray array && items.equals(array.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }

  @Override
  public String toString() {
    return "array of " + items.size();
  }
}
