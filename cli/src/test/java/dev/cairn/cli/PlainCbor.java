package dev.cairn.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CBOR (RFC 8949) into plain objects, by itself: it trusts no code of what it looks at. */
final class PlainCbor {

  private final ByteBuffer in;

  PlainCbor(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /** One item and nothing behind it. */
  static @Nullable Object one(byte[] bytes) {
    PlainCbor cbor = new PlainCbor(bytes);
    Object item = cbor.item();
    if (cbor.in.hasRemaining()) {
      throw new AssertionError("bytes behind an item");
    }
    return item;
  }

  /** A sequence of byte strings, the last of which may be cut. */
  static List<byte[]> strings(byte[] bytes) {
    List<byte[]> strings = new ArrayList<>();
    PlainCbor cbor = new PlainCbor(bytes);
    while (cbor.in.hasRemaining()) {
      strings.add((byte[]) cbor.item());
    }
    return strings;
  }

  private @Nullable Object item() {
    int head = in.get() & 0xff;
    int major = head >> 5;
    long value = argument(head & 31);
    return switch (major) {
      case 0 -> value;
      case 1 -> -1 - value;
      case 2 -> bytes((int) value);
      case 3 -> new String(bytes((int) value), StandardCharsets.UTF_8);
      case 4 -> list(value);
      case 5 -> map(value);
      case 6 -> item();
      default -> simple(value);
    };
  }

  private static @Nullable Object simple(long value) {
    return switch ((int) value) {
      case 20 -> false;
      case 21 -> true;
      case 22 -> null;
      default -> throw new AssertionError("simple value " + value);
    };
  }

  private long argument(int info) {
    return switch (info) {
      case 24 -> in.get() & 0xff;
      case 25 -> in.getShort() & 0xffff;
      case 26 -> in.getInt() & 0xffffffffL;
      case 27 -> in.getLong();
      default -> info;
    };
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private List<Object> list(long count) {
    List<Object> list = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      list.add(item());
    }
    return list;
  }

  private Map<Object, Object> map(long count) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      Object key = item();
      map.put(key, item());
    }
    return map;
  }
}
