package dev.cairn.protocol.envelope;

import dev.cairn.protocol.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One raw deflate stream that begins with {@link Dictionary preset dictionary 1} in its window: a
 * report of a few hundred bytes repeats little of itself, but much of what every report says.
 *
 * <p>Any deflate encoder may be used; a body has one meaning however it was compressed. Safe for
 * use by several threads. Source: RFC 1951.
 */
public final class BodyCompression {

  private static final int CHUNK_BYTES = 4096;

  private BodyCompression() {}

  /** Compresses a body. */
  public static byte[] deflate(byte[] body) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setDictionary(Dictionary.bytes());
      deflater.setInput(body);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2 + 64);
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * Reads one stream. A small stream may claim to be a huge body; reading stops at the limit.
   *
   * @param bytes holds the stream and may go on behind it
   * @param from where the stream begins
   * @param sizeBytesMax the longest body allowed
   * @throws MalformedException if there is no whole stream, or it is a longer body's
   */
  public static Inflated inflate(byte[] bytes, int from, int sizeBytesMax)
      throws MalformedException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setDictionary(Dictionary.bytes());
      inflater.setInput(bytes, from, bytes.length - from);
      byte[] body = inflateWhole(inflater, sizeBytesMax);
      return new Inflated(body, (int) inflater.getBytesRead());
    } catch (DataFormatException broken) {
      throw new MalformedException("no deflate stream", from);
    } finally {
      inflater.end();
    }
  }

  private static byte[] inflateWhole(Inflater inflater, int sizeBytesMax)
      throws DataFormatException, MalformedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    while (!inflater.finished()) {
      int count = inflater.inflate(chunk);
      if (count > sizeBytesMax - out.size()) {
        throw new MalformedException("body longer than " + sizeBytesMax + " bytes");
      }
      out.write(chunk, 0, count);
      if (count == 0 && !inflater.finished()) {
        throw new MalformedException("deflate stream ends early");
      }
    }
    return out.toByteArray();
  }

  /** A body, and how much of the input its stream was. */
  public static final class Inflated {
    private final byte[] body;
    private final int consumedBytes;

    private Inflated(byte[] body, int consumedBytes) {
      this.body = body;
      this.consumedBytes = consumedBytes;
    }

    /** The body; the caller's own. */
    public byte[] body() {
      return body;
    }

    /** Length of the deflate stream. */
    public int consumedBytes() {
      return consumedBytes;
    }
  }
}
