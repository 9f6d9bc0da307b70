package dev.cairn.protocol.recovery;

import dev.cairn.protocol.suite.Digest;
import java.util.Arrays;

/** Four bytes against errors of copying; no defence against anybody who means it. */
final class Check {

  static final int SIZE_BYTES = 4;

  private Check() {}

  static byte[] first(Digest digest) {
    return Arrays.copyOf(digest.bytes(), SIZE_BYTES);
  }
}
