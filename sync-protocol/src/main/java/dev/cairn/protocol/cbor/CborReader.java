package dev.cairn.protocol.cbor;

import dev.cairn.protocol.MalformedException;
import java.util.Arrays;

/**
 * Reads one item after another and refuses whatever {@link CborWriter} would not have written.
 *
 * <p>Map keys are unsigned integers or texts; their order is enforced whichever method reads them.
 * A length is believed only as far as the bytes that are really there, so no input makes the reader
 * allocate more than its own size. After an exception the reader is of no more use. Not safe for
 * use by several threads at once.
 *
 * <p>Source: RFC 8949 section 4.2.1.
 */
public final class CborReader {

  private final CborInput input;
  private final Nesting nesting;

  private CborReader(CborInput input, int outerDepth) {
    this.input = input;
    this.nesting = new Nesting(outerDepth);
  }

  /** Reads from an array that nobody changes meanwhile. */
  public static CborReader of(byte[] bytes) {
    return nested(bytes, 0);
  }

  /**
   * Reads from a part of an array that nobody changes meanwhile.
   *
   * @throws IndexOutOfBoundsException if the part does not lie in the array
   */
  public static CborReader of(byte[] bytes, int offset, int length) {
    if (offset < 0 || length < 0 || length > bytes.length - offset) {
      throw new IndexOutOfBoundsException("slice does not lie in the array");
    }
    return new CborReader(new CborInput(bytes, offset, offset + length), 0);
  }

  /** For an item that will stand inside containers which are already open. */
  static CborReader nested(byte[] bytes, int outerDepth) {
    return new CborReader(new CborInput(bytes, 0, bytes.length), outerDepth);
  }

  /** Bytes read so far. */
  public int position() {
    return input.position();
  }

  /** Whether all bytes have been read. */
  public boolean atEnd() {
    return input.remaining() == 0;
  }

  /**
   * Says that nothing more is expected.
   *
   * @throws MalformedException if bytes are left over or a container is not complete
   */
  public void end() throws MalformedException {
    if (input.remaining() != 0) {
      throw input.malformed("trailing bytes", input.at());
    }
    if (nesting.depth() != 0) {
      throw input.malformed("container ends early", input.at());
    }
  }

  /** The kind of the next item, which stays unread. */
  public CborType peek() throws MalformedException {
    return switch (input.major()) {
      case Major.UNSIGNED, Major.NEGATIVE -> CborType.INTEGER;
      case Major.BYTES -> CborType.BYTES;
      case Major.TEXT -> CborType.TEXT;
      case Major.ARRAY -> CborType.ARRAY;
      case Major.MAP -> CborType.MAP;
      case Major.SIMPLE -> simpleType();
      default -> throw input.malformed("tag", input.at());
    };
  }

  private CborType simpleType() throws MalformedException {
    return switch (input.initialByte()) {
      case Major.FALSE, Major.TRUE -> CborType.BOOL;
      case Major.NULL -> CborType.NULL;
      default -> throw input.malformed("float or unknown simple value", input.at());
    };
  }

  /** Opens an array; its items are read next. Returns how many there are. */
  public int arrayHeader() throws MalformedException {
    return container(Major.ARRAY, "array", input.remaining());
  }

  /**
   * Opens an array of bounded length.
   *
   * @param itemsMax the most items allowed
   */
  public int arrayHeader(int itemsMax) throws MalformedException {
    return container(Major.ARRAY, "array", itemsMax);
  }

  /** Opens an array that must have exactly this many items. */
  public void arrayOf(int items) throws MalformedException {
    int from = input.at();
    if (container(Major.ARRAY, "array", items) != items) {
      throw input.malformed("array of another length than " + items, from);
    }
  }

  /** Opens a map; a key and a value are read in turn. Returns how many pairs there are. */
  public int mapHeader() throws MalformedException {
    return container(Major.MAP, "map", input.remaining());
  }

  /**
   * Opens a map of bounded size.
   *
   * @param pairsMax the most pairs allowed
   */
  public int mapHeader(int pairsMax) throws MalformedException {
    return container(Major.MAP, "map", pairsMax);
  }

  private int container(int major, String name, int countMax) throws MalformedException {
    int from = expect(major, name);
    if (nesting.atKey()) {
      throw input.malformed(name + " as map key", from);
    }
    if (nesting.full()) {
      throw input.malformed("nesting too deep", from);
    }
    long count = input.argument();
    int itemsEach = major == Major.MAP ? 2 : 1;
    if (count > countMax) {
      throw input.malformed(name + " longer than " + countMax, from);
    }
    if (count * itemsEach > input.remaining()) {
      throw input.malformed(name + " longer than the input", from);
    }
    nesting.open(major == Major.MAP, (int) count * itemsEach);
    return (int) count;
  }

  /** Reads a whole number that is not negative. */
  public long uint() throws MalformedException {
    int from = expect(Major.UNSIGNED, "unsigned integer");
    long value = input.argument();
    scalarDone(from);
    return value;
  }

  /**
   * Reads a whole number from 0 to {@code max}.
   *
   * @param max the greatest value allowed
   */
  public long uint(long max) throws MalformedException {
    int from = input.at();
    long value = uint();
    if (value > max) {
      throw input.malformed("integer above " + max, from);
    }
    return value;
  }

  /** Reads a whole number of either sign. */
  public long integer() throws MalformedException {
    if (input.major() != Major.NEGATIVE) {
      expect(Major.UNSIGNED, "integer");
      return uint();
    }
    int from = input.at();
    long value = -1 - input.argument();
    scalarDone(from);
    return value;
  }

  /**
   * Reads a byte string.
   *
   * @param sizeBytesMax the longest allowed
   */
  public byte[] bytes(int sizeBytesMax) throws MalformedException {
    int from = expect(Major.BYTES, "byte string");
    int length = input.length(from, "byte string", sizeBytesMax);
    byte[] value = input.take(length);
    scalarDone(from);
    return value;
  }

  /** Reads a byte string of exactly this many bytes. */
  public byte[] bytesExactly(int sizeBytes) throws MalformedException {
    int from = input.at();
    byte[] value = bytes(sizeBytes);
    if (value.length != sizeBytes) {
      throw input.malformed("byte string of another length than " + sizeBytes, from);
    }
    return value;
  }

  /**
   * Reads a text.
   *
   * @param sizeBytesMax the longest allowed, in bytes of UTF-8
   */
  public String text(int sizeBytesMax) throws MalformedException {
    int from = expect(Major.TEXT, "text");
    int length = input.length(from, "text", sizeBytesMax);
    String value = input.takeText(length);
    scalarDone(from);
    return value;
  }

  /** Reads {@code true} or {@code false}. */
  public boolean bool() throws MalformedException {
    if (peek() != CborType.BOOL) {
      throw input.malformed("no boolean", input.at());
    }
    boolean value = input.initialByte() == Major.TRUE;
    simpleDone();
    return value;
  }

  /** Reads {@code null}. */
  public void nul() throws MalformedException {
    if (!nextIsNull()) {
      throw input.malformed("no null", input.at());
    }
    simpleDone();
  }

  /** Whether the next item is {@code null}; it stays unread, {@link #nul} reads it. */
  public boolean nextIsNull() throws MalformedException {
    return peek() == CborType.NULL;
  }

  /**
   * Reads the key of a map's next pair.
   *
   * @throws MalformedException if it is no unsigned integer or not above the key before it
   * @throws IllegalStateException if no key is due here
   */
  public long mapKey() throws MalformedException {
    if (!nesting.atKey()) {
      throw new IllegalStateException("no map key is due here");
    }
    return uint();
  }

  /** Reads one item of any kind, with all it contains, and returns its encoding. */
  public byte[] rawItem() throws MalformedException {
    return rawItem(Integer.MAX_VALUE);
  }

  /**
   * Reads one item of any kind and returns its encoding.
   *
   * @param itemsMax the most items it may be: itself and, in arrays and maps, every element, key
   *     and value
   */
  public byte[] rawItem(int itemsMax) throws MalformedException {
    int from = input.at();
    int openBefore = nesting.depth();
    int items = 0;
    do {
      if (++items > itemsMax) {
        throw input.malformed("more than " + itemsMax + " items", from);
      }
      skipHead();
    } while (nesting.depth() > openBefore);
    return Arrays.copyOfRange(input.buffer(), from, input.at());
  }

  private void skipHead() throws MalformedException {
    switch (peek()) {
      case INTEGER -> integer();
      case BYTES -> skipString("byte string", false);
      case TEXT -> skipString("text", true);
      case ARRAY -> arrayHeader();
      case MAP -> mapHeader();
      case BOOL, NULL -> simpleDone();
    }
  }

  private void skipString(String name, boolean isText) throws MalformedException {
    int from = input.at();
    int length = input.length(from, name, input.remaining());
    if (isText) {
      input.skipText(length);
    } else {
      input.skip(length);
    }
    scalarDone(from);
  }

  /** Checks the kind of the next item and returns where it begins. */
  private int expect(int major, String name) throws MalformedException {
    if (input.major() != major) {
      throw input.malformed("no " + name, input.at());
    }
    return input.at();
  }

  private void scalarDone(int from) throws MalformedException {
    if (nesting.atKey()) {
      int major = CborInput.majorOf(input.buffer()[from]);
      if (major != Major.UNSIGNED && major != Major.TEXT) {
        throw input.malformed("map key is no unsigned integer or text", from);
      }
      if (!nesting.ascends(input.buffer(), from, input.at())) {
        throw input.malformed("map key out of order or repeated", from);
      }
      nesting.key(from, input.at());
    }
    nesting.itemDone();
  }

  private void simpleDone() throws MalformedException {
    input.skip(1);
    scalarDone(input.at() - 1);
  }
}
