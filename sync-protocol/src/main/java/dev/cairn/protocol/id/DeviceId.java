package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;

/** A device: its Ed25519 public key. Holding one does not say that the key is valid. */
public final class DeviceId extends FixedBytes implements Comparable<DeviceId> {

  /** Length of every id of this kind, in bytes. */
  public static final int SIZE_BYTES = 32;

  private DeviceId(byte[] value) {
    super(value, SIZE_BYTES);
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static DeviceId of(byte[] value) {
    return new DeviceId(value);
  }

  /**
   * Reads lower-case hexadecimal digits, as {@link #toString} writes them.
   *
   * @throws MalformedException if the text is anything else
   */
  public static DeviceId parse(String hex) throws MalformedException {
    return new DeviceId(parse(hex, SIZE_BYTES));
  }

  /** Orders by the bytes, unsigned, from the left. */
  @Override
  public int compareTo(DeviceId other) {
    return compareBytes(other);
  }
}
