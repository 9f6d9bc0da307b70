package dev.cairn.protocol.cbor;

import dev.cairn.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes items one after another into a growing array. Whatever would not be deterministic CBOR is
 * a programmer's mistake and stops at the call that makes it.
 *
 * <p>Not safe for use by several threads at once. Source: RFC 8949 section 4.2.1.
 */
public final class CborWriter {

  private static final int CAPACITY_BYTES = 128;

  private byte[] buffer = new byte[CAPACITY_BYTES];
  private final Nesting nesting = new Nesting(0);
  private int size;

  /** Begins with nothing written. */
  public CborWriter() {}

  /**
   * Opens an array; the next {@code items} items belong to it.
   *
   * @throws IllegalStateException if it would nest too deep or stand where a map key is due
   */
  public CborWriter array(int items) {
    return container(Major.ARRAY, items);
  }

  /**
   * Opens a map; the next {@code pairs} keys and values, in turn, belong to it. Keys are unsigned
   * integers or texts and come in ascending order of their encodings.
   *
   * @throws IllegalStateException if it would nest too deep or stand where a map key is due
   */
  public CborWriter map(int pairs) {
    return container(Major.MAP, pairs);
  }

  private CborWriter container(int major, int count) {
    if (count < 0 || count > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException("container of " + count);
    }
    if (nesting.atKey()) {
      throw new IllegalStateException("container as map key");
    }
    if (nesting.full()) {
      throw new IllegalStateException("nesting too deep");
    }
    head(major, count);
    nesting.open(major == Major.MAP, major == Major.MAP ? 2 * count : count);
    return this;
  }

  /** Writes a whole number that is not negative. */
  public CborWriter uint(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative unsigned integer");
    }
    return integer(value);
  }

  /** Writes a whole number of either sign. */
  public CborWriter integer(long value) {
    int from = size;
    if (value >= 0) {
      head(Major.UNSIGNED, value);
    } else {
      head(Major.NEGATIVE, -1 - value);
    }
    return scalarDone(from);
  }

  /** Writes a byte string. */
  public CborWriter bytes(byte[] value) {
    return string(Major.BYTES, value);
  }

  /**
   * Writes a text.
   *
   * @throws IllegalArgumentException if it holds a surrogate without its partner
   */
  public CborWriter text(String value) {
    if (!Utf8.encodable(value)) {
      throw new IllegalArgumentException("text holds an unpaired surrogate");
    }
    return string(Major.TEXT, value.getBytes(StandardCharsets.UTF_8));
  }

  private CborWriter string(int major, byte[] value) {
    int from = size;
    head(major, value.length);
    put(value);
    return scalarDone(from);
  }

  /** Writes {@code true} or {@code false}. */
  public CborWriter bool(boolean value) {
    return simple(value ? Major.TRUE : Major.FALSE);
  }

  /** Writes {@code null}. */
  public CborWriter nul() {
    return simple(Major.NULL);
  }

  private CborWriter simple(int value) {
    int from = size;
    put(value);
    return scalarDone(from);
  }

  /**
   * Writes an item that is encoded already.
   *
   * @throws IllegalArgumentException if it is not exactly one item of the profile, or would nest
   *     too deep here
   */
  public CborWriter raw(byte[] item) {
    try {
      CborReader reader = CborReader.nested(item, nesting.depth());
      reader.rawItem();
      reader.end();
    } catch (MalformedException refused) {
      throw new IllegalArgumentException("no item that fits here: " + refused.getMessage());
    }
    int from = size;
    put(item);
    return scalarDone(from);
  }

  /**
   * Everything written so far.
   *
   * @throws IllegalStateException if a container still waits for items
   */
  public byte[] toBytes() {
    if (nesting.depth() != 0) {
      throw new IllegalStateException("container is not complete");
    }
    return Arrays.copyOf(buffer, size);
  }

  private CborWriter scalarDone(int from) {
    if (nesting.atKey()) {
      int major = (buffer[from] & 0xff) >> 5;
      if (major != Major.UNSIGNED && major != Major.TEXT) {
        throw new IllegalStateException("map key is no unsigned integer or text");
      }
      if (!nesting.ascends(buffer, from, size)) {
        throw new IllegalStateException("map key out of order or repeated");
      }
      nesting.key(from, size);
    }
    nesting.itemDone();
    return this;
  }

  private void head(int major, long argument) {
    if (argument < 24) {
      put(major << 5 | (int) argument);
      return;
    }
    int widthBits =
        argument <= 0xffL ? 0 : argument <= 0xffffL ? 1 : argument <= 0xffffffffL ? 2 : 3;
    put(major << 5 | (24 + widthBits));
    for (int shift = 8 * (1 << widthBits) - 8; shift >= 0; shift -= 8) {
      put((int) (argument >>> shift));
    }
  }

  private void put(int value) {
    makeRoom(1);
    buffer[size++] = (byte) value;
  }

  private void put(byte[] value) {
    makeRoom(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  private void makeRoom(int more) {
    if (more > buffer.length - size) {
      long wanted = Math.max((long) size + more, 2L * buffer.length);
      if ((long) size + more > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException("more than an array can hold");
      }
      buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }
}
