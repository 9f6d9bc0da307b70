package dev.cairn.simulation.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The auditor's own reading of CBOR: only what payloads are made of, and nothing is refused that
 * can be read, for whether the product refuses enough is not asked here.
 */
final class Cbor {

  private final byte[] bytes;
  private int at;

  private Cbor(byte[] bytes) {
    this.bytes = bytes;
  }

  /** One item: a number, bytes, a text, a list, a map, true, false or null. */
  record Item(@Nullable Object value) {

    long number() {
      return is(Long.class);
    }

    byte[] bytes() {
      return is(byte[].class);
    }

    String text() {
      return is(String.class);
    }

    boolean isNull() {
      return value == null;
    }

    @SuppressWarnings("unchecked")
    List<Item> list() {
      return is(List.class);
    }

    @SuppressWarnings("unchecked")
    Map<Long, Item> map() {
      return is(Map.class);
    }

    /** An entry of a map that must be there. */
    Item get(long key) {
      Item found = map().get(key);
      if (found == null) {
        throw new IllegalArgumentException("no entry " + key);
      }
      return found;
    }

    boolean has(long key) {
      return map().containsKey(key);
    }

    /** An element of a list. */
    Item at(int index) {
      return list().get(index);
    }

    private <T> T is(Class<T> type) {
      if (!type.isInstance(value)) {
        throw new IllegalArgumentException("another item than expected");
      }
      return type.cast(value);
    }
  }

  /**
   * Reads one item that is all there is.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static Item read(byte[] bytes) {
    Cbor reader = new Cbor(bytes);
    Item item;
    try {
      item = reader.item();
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("an item is cut", e);
    }
    if (reader.at != bytes.length) {
      throw new IllegalArgumentException("something is behind the item");
    }
    return item;
  }

  private Item item() {
    int head = bytes[at++] & 0xff;
    int more = head & 0x1f;
    int major = head >> 5;
    if (major == 7) {
      return switch (more) {
        case 20 -> new Item(false);
        case 21 -> new Item(true);
        case 22 -> new Item(null);
        default -> throw new IllegalArgumentException("no item of ours");
      };
    }
    long length = argument(more);
    return switch (major) {
      case 0 -> new Item(length);
      case 1 -> new Item(-1 - length);
      case 2 -> new Item(take(length));
      case 3 -> new Item(new String(take(length), StandardCharsets.UTF_8));
      case 4 -> new Item(list(length));
      case 5 -> new Item(map(length));
      default -> throw new IllegalArgumentException("no item of ours");
    };
  }

  private long argument(int more) {
    if (more < 24) {
      return more;
    }
    if (more > 27) {
      throw new IllegalArgumentException("no length of ours");
    }
    long value = 0;
    for (int i = 0; i < 1 << (more - 24); i++) {
      value = (value << 8) | (bytes[at++] & 0xff);
    }
    return value;
  }

  private byte[] take(long length) {
    if (length < 0 || length > bytes.length - at) {
      throw new IllegalArgumentException("an item is cut");
    }
    byte[] taken = Arrays.copyOfRange(bytes, at, at + (int) length);
    at += (int) length;
    return taken;
  }

  private List<Item> list(long length) {
    List<Item> list = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      list.add(item());
    }
    return list;
  }

  private Map<Long, Item> map(long length) {
    Map<Long, Item> map = new LinkedHashMap<>();
    for (long i = 0; i < length; i++) {
      map.put(item().number(), item());
    }
    return map;
  }
}
