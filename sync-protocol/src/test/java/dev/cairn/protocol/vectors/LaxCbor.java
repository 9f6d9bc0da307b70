package dev.cairn.protocol.vectors;

import dev.cairn.protocol.encoding.BytewiseOrder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes CBOR without asking whether anybody may read it, for what is refused has to be written,
 * too: numbers, texts, byte arrays, lists, maps, true, false, null, and {@link Encoded} as it is.
 */
public final class LaxCbor {

  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;

  private LaxCbor() {}

  /** Something that stands encoded already, well or badly. */
  public static final class Encoded {
    private final byte[] bytes;

    public Encoded(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /** A list, which may hold null. */
  public static List<Object> list(Object... items) {
    return Arrays.asList(items);
  }

  /** A map of keys and values in turn. */
  public static Map<Object, Object> map(Object... keysAndValues) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  /** One item; the keys of maps in the order of their encodings. */
  public static byte[] encode(Object value) {
    if (value instanceof Encoded encoded) {
      return encoded.bytes;
    } else if (value instanceof byte[] bytes) {
      return join(head(BYTES, bytes.length), bytes);
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return join(head(TEXT, bytes.length), bytes);
    } else if (value instanceof Number number) {
      long plain = number.longValue();
      return plain < 0 ? head(NEGATIVE, -1 - plain) : head(UNSIGNED, plain);
    } else if (value instanceof List<?> list) {
      return array(list);
    } else if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    return new byte[] {(byte) (value == null ? 0xf6 : value.equals(true) ? 0xf5 : 0xf4)};
  }

  private static byte[] array(List<?> list) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head(ARRAY, list.size()));
    list.forEach(item -> out.writeBytes(encode(item)));
    return out.toByteArray();
  }

  private static byte[] map(Map<?, ?> map) {
    List<byte[]> pairs = new ArrayList<>();
    map.forEach((key, value) -> pairs.add(join(encode(key), encode(value))));
    pairs.sort(BytewiseOrder::compare);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head(MAP, map.size()));
    pairs.forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** The shortest head of a major type. */
  public static byte[] head(int major, long number) {
    int type = major << 5;
    if (number < 24) {
      return new byte[] {(byte) (type | number)};
    } else if (number < 1 << 8) {
      return new byte[] {(byte) (type | 24), (byte) number};
    } else if (number < 1 << 16) {
      return ByteBuffer.allocate(3).put((byte) (type | 25)).putShort((short) number).array();
    } else if (number < 1L << 32) {
      return ByteBuffer.allocate(5).put((byte) (type | 26)).putInt((int) number).array();
    }
    return ByteBuffer.allocate(9).put((byte) (type | 27)).putLong(number).array();
  }

  /** One after another. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
