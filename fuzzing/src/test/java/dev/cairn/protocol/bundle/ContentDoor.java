package dev.cairn.protocol.bundle;

import dev.cairn.protocol.MalformedException;

/** Lets a target in behind the seal of a parcel. */
public final class ContentDoor {

  private ContentDoor() {}

  /** What the reader of an opened parcel does. */
  public static ParcelContent unpad(byte[] padded) throws MalformedException {
    return ContentCodec.unpad(padded);
  }

  /** What its writer did. */
  public static byte[] pad(ParcelContent content) {
    return ContentCodec.pad(content);
  }
}
