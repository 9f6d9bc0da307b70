package dev.cairn.protocol.bundle;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.limits.Limits;
import java.util.Optional;

/**
 * Takes a bundle apart into parcels as its bytes are read. A file that ends in the middle gives the
 * whole parcels before its end. Not safe for use by several threads at once.
 */
public final class BundleReader {

  private final ByteStringStream parcels = new ByteStringStream(Limits.PARCEL_BYTES_MAX);
  private int magicRead;

  /** Begins a file. */
  public BundleReader() {}

  /**
   * Takes the next bytes of the file; call {@link #next} until it has no more, then go on.
   *
   * @throws MalformedException if the file is no bundle
   * @throws TooNewException if a newer program wrote it
   */
  public void feed(byte[] bytes, int offset, int length)
      throws MalformedException, TooNewException {
    int at = offset;
    while (magicRead < BundleWriter.MAGIC.length && at < offset + length) {
      checkMagic(bytes[at++]);
    }
    parcels.feed(bytes, at, offset + length - at);
  }

  private void checkMagic(byte found) throws MalformedException, TooNewException {
    if (found != BundleWriter.MAGIC[magicRead]) {
      if (magicRead == BundleWriter.VERSION_AT && found > '1' && found <= '9') {
        throw new TooNewException("bundle", found - '0', 1);
      }
      throw new MalformedException("no bundle", magicRead);
    }
    magicRead++;
  }

  /**
   * The next parcel, if it has been read whole.
   *
   * @throws MalformedException if no parcel begins where one has to; the file cannot be read
   *     further
   */
  public Optional<byte[]> next() throws MalformedException {
    return parcels.next();
  }

  /** Whether what was read is a bundle that ends where a parcel does. */
  public boolean isWhole() {
    return magicRead == BundleWriter.MAGIC.length && parcels.pendingBytes() == 0;
  }
}
