package dev.cairn.protocol.frame;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes a sequence of CBOR byte strings apart as its bytes arrive, however they were cut on the
 * way: the entries of a stream, the parcels of a bundle.
 *
 * <p>Whoever announces a string of more than the bound is refused by its head, before any of it is
 * kept. A sequence that ends in the middle is no error: the whole strings before its end have been
 * given, and {@link #pendingBytes} tells that more was meant to come. Not safe for use by several
 * threads at once.
 */
public final class ByteStringStream {

  private static final int BYTE_STRING = 2 << 5;
  private static final int SHORT_MAX = 23;

  private final int sizeBytesMax;
  private byte[] buffer = new byte[256];
  private int from;
  private int to;

  /**
   * Begins a sequence.
   *
   * @param sizeBytesMax the longest string allowed
   */
  public ByteStringStream(int sizeBytesMax) {
    this.sizeBytesMax = sizeBytesMax;
  }

  /** Begins a stream of entries, for an {@link EntryReader}. */
  public static ByteStringStream ofEntries() {
    return new ByteStringStream(Limits.ENTRY_BYTES_MAX);
  }

  /**
   * Makes one string of a sequence.
   *
   * @throws IllegalArgumentException if its reader would refuse it: empty, or above the bound
   */
  public static byte[] wrap(byte[] content, int sizeBytesMax) {
    if (content.length == 0 || content.length > sizeBytesMax) {
      throw new IllegalArgumentException("byte string of " + content.length + " bytes");
    }
    return new CborWriter().bytes(content).toBytes();
  }

  /** Takes the next bytes of the sequence; call {@link #next} until it has no more, then go on. */
  public void feed(byte[] bytes) {
    feed(bytes, 0, bytes.length);
  }

  /** Takes the next bytes of the sequence; call {@link #next} until it has no more, then go on. */
  public void feed(byte[] bytes, int offset, int length) {
    if (length > buffer.length - to) {
      int pending = to - from;
      byte[] roomy =
          pending + length <= buffer.length
              ? buffer
              : new byte[Math.max(pending + length, 2 * pending)];
      System.arraycopy(buffer, from, roomy, 0, pending);
      buffer = roomy;
      from = 0;
      to = pending;
    }
    System.arraycopy(bytes, offset, buffer, to, length);
    to += length;
  }

  /**
   * The next string, if it has arrived whole.
   *
   * @throws MalformedException if no byte string begins where one has to, its head is not the
   *     shortest, or it is empty or too long; the sequence cannot be read further
   */
  public Optional<byte[]> next() throws MalformedException {
    int headLength = headLength();
    if (headLength == 0) {
      return Optional.empty();
    }
    int length = contentLength(headLength);
    if (length > to - from - headLength) {
      return Optional.empty();
    }
    from += headLength + length;
    return Optional.of(Arrays.copyOfRange(buffer, from - length, from));
  }

  /** How many bytes have arrived of strings that were not given yet; 0 at a clean end. */
  public int pendingBytes() {
    return to - from;
  }

  /** The length of the head, or 0 if it has not arrived whole. */
  private int headLength() throws MalformedException {
    if (from == to) {
      return 0;
    }
    int first = buffer[from] & 0xff;
    int info = first - BYTE_STRING;
    if (info < 0 || info > SHORT_MAX + 3) {
      throw new MalformedException("no byte string where one has to begin");
    }
    int headLength = info <= SHORT_MAX ? 1 : 1 + (1 << (info - SHORT_MAX - 1));
    return headLength > to - from ? 0 : headLength;
  }

  private int contentLength(int headLength) throws MalformedException {
    long length = headLength == 1 ? buffer[from] & 0x1f : 0;
    for (int i = 1; i < headLength; i++) {
      length = length << 8 | (buffer[from + i] & 0xff);
    }
    boolean shortest =
        headLength == 1
            || (headLength == 2 && length > SHORT_MAX)
            || (headLength > 2 && length >>> (4 * (headLength - 1)) != 0);
    if (!shortest) {
      throw new MalformedException("byte string with a head that is not the shortest");
    }
    if (length == 0 || length > sizeBytesMax) {
      throw new MalformedException("byte string is empty or longer than " + sizeBytesMax);
    }
    return (int) length;
  }
}
