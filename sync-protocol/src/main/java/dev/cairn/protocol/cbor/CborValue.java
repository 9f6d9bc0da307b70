package dev.cairn.protocol.cbor;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.BytewiseOrder;
import java.util.ArrayList;
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
    return BytewiseOrder.compare(encode(), other.encode());
  }

  /** A whole number. */
  static CborValue of(long value) {
    return new Int(value);
  }

  /** A text; every surrogate in it has its partner. */
  static CborValue of(String value) {
    return new Text(value);
  }

  /** A byte string; the array is copied. */
  static CborValue of(byte[] value) {
    return new Bytes(value.clone());
  }

  /** {@code true} or {@code false}. */
  static CborValue of(boolean value) {
    return new Bool(value);
  }

  /** {@code null}. */
  static CborValue nul() {
    return Null.NULL;
  }

  /** An array of these items. */
  static CborValue array(CborValue... items) {
    return new CborArray(Arrays.asList(items));
  }

  /** An array of these items. */
  static CborValue array(List<? extends CborValue> items) {
    return new CborArray(new ArrayList<>(items));
  }

  /**
   * A map of these entries, whatever their order; keys are unsigned {@link Int} or {@link Text}.
   */
  static CborValue map(Map<? extends CborValue, ? extends CborValue> entries) {
    return new CborMap(new TreeMap<>(entries));
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
      case INTEGER -> new Int(reader.integer());
      case BYTES -> new Bytes(reader.bytes(Integer.MAX_VALUE));
      case TEXT -> new Text(reader.text(Integer.MAX_VALUE));
      case ARRAY -> CborArray.read(reader);
      case MAP -> CborMap.read(reader);
      case BOOL -> new Bool(reader.bool());
      case NULL -> {
        reader.nul();
        yield Null.NULL;
      }
    };
  }

  /** A whole number of signed 64 bits. */
  record Int(long value) implements CborValue {
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
    /** Refuses what has no UTF-8 encoding. */
    public Text {
      if (!Utf8.encodable(value)) {
        throw new IllegalArgumentException("text holds an unpaired surrogate");
      }
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
    private final byte[] value;

    private Bytes(byte[] value) {
      this.value = value;
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
