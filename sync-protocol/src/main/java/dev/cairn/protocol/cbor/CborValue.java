package dev.cairn.protocol.cbor;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.BytewiseOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One item as an immutable tree: what operations carry, known to this program or not. Two values
 * are equal exactly when their encodings are, and they sort by their encodings.
 *
 * <p>{@code toString} tells kind and size, never the content: values are what reports say.
 */
public sealed interface CborValue extends Comparable<CborValue>
    permits CborArray,
        CborMap,
        CborValue.Bool,
        CborValue.Bytes,
        CborValue.Int,
        CborValue.Null,
        CborValue.Text {

  /** Kinds as the reader tells them. */
  CborType type();

  /** Arrays and maps inside one another, this value counted; 0 for what holds no other. */
  default int depth() {
    return 0;
  }

  /** This value and, in arrays and maps, every element, key and value: what a tree holds. */
  default int itemCount() {
    return 1;
  }

  /** Appends this value's encoding. */
  void write(CborWriter writer);

  /**
   * This value's one encoding.
   *
   * @throws IllegalStateException if it was built deeper than the profile nests
   */
  default byte[] encode() {
    CborWriter writer = new CborWriter();
    write(writer);
    return writer.toBytes();
  }

  @Override
  default int compareTo(CborValue other) {
    if (this instanceof Int number && other instanceof Int to) {
      return number.compareToInt(to);
    }
    if (this instanceof Text text && other instanceof Text to) {
      return text.compareToText(to);
    }
    return BytewiseOrder.compare(encode(), other.encode());
  }

  /** A whole number. */
  static CborValue of(long value) {
    return Int.of(value);
  }

  /** A text; every surrogate in it has its partner. */
  static CborValue of(String value) {
    return value.isEmpty() ? Text.EMPTY : new Text(value);
  }

  /** A byte string; the array is copied. */
  static CborValue of(byte[] value) {
    return Bytes.owning(value.clone());
  }

  /** {@code true} or {@code false}. */
  static CborValue of(boolean value) {
    return value ? Bool.TRUE : Bool.FALSE;
  }

  /** {@code null}. */
  static CborValue nul() {
    return Null.NULL;
  }

  /** An array of these items. */
  static CborValue array(CborValue... items) {
    return CborArray.of(Arrays.asList(items));
  }

  /** An array of these items. */
  static CborValue array(List<? extends CborValue> items) {
    return CborArray.of(items);
  }

  /**
   * A map of these entries, whatever their order; keys are unsigned {@link Int} or {@link Text}.
   */
  static CborValue map(Map<? extends CborValue, ? extends CborValue> entries) {
    return CborMap.of(new TreeMap<>(entries));
  }

  /**
   * Reads exactly one value.
   *
   * @throws MalformedException if the bytes are anything but one item of the profile
   */
  static CborValue decode(byte[] bytes) throws MalformedException {
    CborReader reader = CborReader.of(bytes);
    CborValue value = read(reader);
    reader.end();
    return value;
  }

  /** Reads the next item, with all it contains. Recursion ends where nesting does. */
  static CborValue read(CborReader reader) throws MalformedException {
    return switch (reader.peek()) {
      case INTEGER -> Int.of(reader.integer());
      case BYTES -> Bytes.owning(reader.bytes(Integer.MAX_VALUE));
      case TEXT -> of(reader.text(Integer.MAX_VALUE));
      case ARRAY -> CborArray.read(reader);
      case MAP -> CborMap.read(reader);
      case BOOL -> of(reader.bool());
      case NULL -> {
        reader.nul();
        yield Null.NULL;
      }
    };
  }

  /** A whole number of signed 64 bits. */
  record Int(long value) implements CborValue {
    private static final int SMALL = 256;
    private static final Int[] SMALL_ONES = new Int[2 * SMALL];

    static {
      for (int i = 0; i < SMALL_ONES.length; i++) {
        SMALL_ONES[i] = new Int(i - SMALL);
      }
    }

    /** Small ones take a byte or two each on the wire, and so take no more in memory. */
    static Int of(long value) {
      return value >= -SMALL && value < SMALL ? SMALL_ONES[(int) value + SMALL] : new Int(value);
    }

    /** As the encodings sort: those below 0 behind, the lowest last. */
    private int compareToInt(Int other) {
      boolean negative = value < 0;
      boolean otherNegative = other.value < 0;
      if (negative != otherNegative) {
        return negative ? 1 : -1;
      }
      return negative ? Long.compare(other.value, value) : Long.compare(value, other.value);
    }

    @Override
    public CborType type() {
      return CborType.INTEGER;
    }

    @Override
    public void write(CborWriter writer) {
      writer.integer(value);
    }

    @Override
    public String toString() {
      return "integer";
    }
  }

  /** A text. */
  record Text(String value) implements CborValue {
    private static final Text EMPTY = new Text("");

    /** Refuses what has no UTF-8 encoding. */
    public Text {
      if (!Utf8.encodable(value)) {
        throw new IllegalArgumentException("text holds an unpaired surrogate");
      }
    }

    /** As the encodings sort: the shorter in UTF-8 first, its length stands before it. */
    private int compareToText(Text other) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      byte[] otherUtf8 = other.value.getBytes(StandardCharsets.UTF_8);
      return utf8.length == otherUtf8.length
          ? BytewiseOrder.compare(utf8, otherUtf8)
          : Integer.compare(utf8.length, otherUtf8.length);
    }

    @Override
    public CborType type() {
      return CborType.TEXT;
    }

    @Override
    public void write(CborWriter writer) {
      writer.text(value);
    }

    @Override
    public String toString() {
      return "text of " + value.length();
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements CborValue {
    private static final Bool TRUE = new Bool(true);
    private static final Bool FALSE = new Bool(false);

    @Override
    public CborType type() {
      return CborType.BOOL;
    }

    @Override
    public void write(CborWriter writer) {
      writer.bool(value);
    }

    @Override
    public String toString() {
      return "boolean";
    }
  }

  /** {@code null}, of which there is one. */
  final class Null implements CborValue {
    private static final Null NULL = new Null();

    private Null() {}

    @Override
    public CborType type() {
      return CborType.NULL;
    }

    @Override
    public void write(CborWriter writer) {
      writer.nul();
    }

    @Override
    public String toString() {
      return "null";
    }
  }

  /** A byte string. */
  final class Bytes implements CborValue {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] value;

    private Bytes(byte[] value) {
      this.value = value;
    }

    private static Bytes owning(byte[] value) {
      return value.length == 0 ? EMPTY : new Bytes(value);
    }

    /** A copy of the bytes. */
    public byte[] value() {
      return value.clone();
    }

    @Override
    public CborType type() {
      return CborType.BYTES;
    }

    @Override
    public void write(CborWriter writer) {
      writer.bytes(value);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "bytes of " + value.length;
    }
  }
}
