package dev.cairn.fuzzing;

import java.util.Arrays;

/** An input that is read from its beginning, a choice after another; zeros where it has ended. */
final class Script {

  private final byte[] bytes;
  private int at;

  Script(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean ended() {
    return at >= bytes.length;
  }

  int next() {
    return at < bytes.length ? bytes[at++] & 0xff : 0;
  }

  /** From 0 to below a bound. */
  int below(long bound) {
    return bound <= 0 ? 0 : (int) (next() % bound);
  }

  /** A number: small, or of any size. */
  long number() {
    int first = next();
    if (first < 0xf0) {
      return first;
    }
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | next();
    }
    return value;
  }

  /** So many bytes, zeros where it has ended. */
  byte[] exactly(int length) {
    byte[] taken = take(length);
    return Arrays.copyOf(taken, length);
  }

  /** At most so many bytes. */
  byte[] take(int length) {
    int to = Math.min(bytes.length, at + length);
    byte[] taken = Arrays.copyOfRange(bytes, at, to);
    at = to;
    return taken;
  }

  /** Bytes whose number comes first. */
  byte[] some() {
    int length = next();
    return take(length < 0xf0 ? length : (length & 0xf) << 8 | next());
  }
}
