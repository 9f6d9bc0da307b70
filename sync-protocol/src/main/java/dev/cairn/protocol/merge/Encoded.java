package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.encoding.BytewiseOrder;

/**
 * A value as the key of an ordered map, encoded once. Hash maps are no place for values: texts with
 * equal hash codes are easy to make, and a map can put keys of one hash in order only if their own
 * class compares them, which that of a value does not.
 */
final class Encoded implements Comparable<Encoded> {

  private final byte[] encoding;

  Encoded(CborValue value) {
    this.encoding = value.encode();
  }

  @Override
  public int compareTo(Encoded other) {
    return BytewiseOrder.compare(encoding, other.encoding);
  }
}
