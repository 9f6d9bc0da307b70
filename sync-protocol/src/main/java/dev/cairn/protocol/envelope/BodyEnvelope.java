package dev.cairn.protocol.envelope;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.limits.Limits;

/**
 * A body as it is sealed: a version, one raw deflate stream (RFC 1951) with the preset dictionary,
 * and zeros up to the next Padmé size, so that the size of a ciphertext tells little of its
 * content. A body that deflates to less than an eighth is padded to an eighth: nobody makes others
 * inflate a gigabyte from a megabyte of ciphertexts.
 *
 * <p>Stateless, safe for use by several threads.
 */
public final class BodyEnvelope {

  private static final byte VERSION = 1;

  private BodyEnvelope() {}

  /**
   * Compresses and pads.
   *
   * @throws IllegalArgumentException if the body is longer than {@link Limits#BODY_BYTES_MAX}
   */
  public static byte[] pack(byte[] body) {
    if (body.length > Limits.BODY_BYTES_MAX) {
      throw new IllegalArgumentException("body longer than " + Limits.BODY_BYTES_MAX + " bytes");
    }
    byte[] deflated = BodyCompression.deflate(body);
    byte[] padded = new byte[paddedLength(deflated.length, body.length)];
    padded[0] = VERSION;
    System.arraycopy(deflated, 0, padded, 1, deflated.length);
    return padded;
  }

  private static int paddedLength(int deflatedBytes, int bodyBytes) {
    int least = (bodyBytes + Limits.BODY_INFLATION_MAX - 1) / Limits.BODY_INFLATION_MAX;
    return (int) Padme.length(Math.max(1 + deflatedBytes, least));
  }

  /**
   * Checks the padding and inflates. Never gives more than {@link Limits#BODY_BYTES_MAX} bytes, nor
   * more than {@link Limits#BODY_INFLATION_MAX} for each byte of the input, however far the stream
   * would inflate.
   *
   * @throws TooNewException if a newer program packed it
   * @throws MalformedException if it is not exactly what some body packs to
   */
  public static byte[] unpack(byte[] padded) throws MalformedException, TooNewException {
    if (padded.length < Padme.FLOOR_BYTES || padded[0] == 0) {
      throw new MalformedException("padded body is too short or has no version");
    }
    if (padded[0] != VERSION) {
      throw new TooNewException("body", padded[0] & 0xff, VERSION);
    }
    int sizeBytesMax =
        (int) Math.min(Limits.BODY_BYTES_MAX, (long) Limits.BODY_INFLATION_MAX * padded.length);
    BodyCompression.Inflated inflated = BodyCompression.inflate(padded, 1, sizeBytesMax);
    int length = 1 + inflated.consumedBytes();
    if (paddedLength(inflated.consumedBytes(), inflated.body().length) != padded.length) {
      throw new MalformedException("body is padded to another size than its own");
    }
    for (int i = length; i < padded.length; i++) {
      if (padded[i] != 0) {
        throw new MalformedException("padding of a body is not zero", i);
      }
    }
    return inflated.body();
  }
}
