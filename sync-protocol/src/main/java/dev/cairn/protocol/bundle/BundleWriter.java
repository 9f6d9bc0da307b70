package dev.cairn.protocol.bundle;

import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.limits.Limits;
import java.nio.charset.StandardCharsets;

/** The pieces of a bundle file, to be written one after another. */
public final class BundleWriter {

  static final byte[] MAGIC = "CAIRN-BUNDLE-1\n".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION_AT = 13;

  private BundleWriter() {}

  /** What the file begins with. */
  public static byte[] beginning() {
    return MAGIC.clone();
  }

  /**
   * A parcel as it stands in the file.
   *
   * @param parcel what {@link Parcel#seal} gave, or what was read from another bundle
   */
  public static byte[] parcel(byte[] parcel) {
    return ByteStringStream.wrap(parcel, Limits.PARCEL_BYTES_MAX);
  }
}
