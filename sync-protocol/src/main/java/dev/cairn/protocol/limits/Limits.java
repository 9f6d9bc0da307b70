package dev.cairn.protocol.limits;

/**
 * Every bound of the protocol, each with its unit. Both sides of each bound are tested: the largest
 * value passes and the next one is refused.
 */
public final class Limits {

  // Encoding.

  /** Containers (arrays and maps) open at once in one CBOR item. */
  public static final int CBOR_DEPTH_MAX = 16;

  private Limits() {}
}
