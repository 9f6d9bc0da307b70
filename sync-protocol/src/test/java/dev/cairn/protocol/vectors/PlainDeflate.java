package dev.cairn.protocol.vectors;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * A small deflate encoder with the fixed codes of RFC 1951 section 3.2.6. What zlib packs differs
 * from version to version; what this packs is the same wherever the vectors are made.
 */
final class PlainDeflate {

  private static final int LENGTH_MIN = 3;
  private static final int LENGTH_MAX = 258;
  private static final int DISTANCE_MAX = 32_768;
  private static final int END = 256;
  private static final int[] LENGTH_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final byte[] window;
  private final Map<Integer, Integer> lastAt = new HashMap<>();
  private int bits;
  private int bitCount;

  private PlainDeflate(byte[] window) {
    this.window = window;
  }

  /** One raw stream of one block, which may refer to the dictionary. */
  static byte[] deflate(byte[] dictionary, byte[] body) {
    PlainDeflate deflate = new PlainDeflate(LaxCbor.join(dictionary, body));
    for (int at = 0; at < dictionary.length; at++) {
      deflate.remember(at);
    }
    deflate.write(0b011, 3);
    deflate.block(dictionary.length);
    return deflate.out.toByteArray();
  }

  private void block(int from) {
    int at = from;
    while (at < window.length) {
      int match = lastAt.getOrDefault(key(at), -1);
      int length = match < 0 || at - match > DISTANCE_MAX ? 0 : matching(match, at);
      if (length < LENGTH_MIN) {
        literalOrLength(window[at] & 0xff);
        length = 1;
      } else {
        length(length);
        distance(at - match);
      }
      for (int end = at + length; at < end; at++) {
        remember(at);
      }
    }
    literalOrLength(END);
    write(0, 7);
  }

  private int key(int at) {
    return at + LENGTH_MIN > window.length
        ? -1
        : ((window[at] & 0xff) << 16) | ((window[at + 1] & 0xff) << 8) | (window[at + 2] & 0xff);
  }

  private void remember(int at) {
    lastAt.put(key(at), at);
  }

  private int matching(int match, int at) {
    int length = 0;
    while (length < LENGTH_MAX
        && at + length < window.length
        && window[match + length] == window[at + length]) {
      length++;
    }
    return length;
  }

  private void literalOrLength(int symbol) {
    if (symbol < 144) {
      code(0x30 + symbol, 8);
    } else if (symbol < 256) {
      code(0x190 + symbol - 144, 9);
    } else if (symbol < 280) {
      code(symbol - 256, 7);
    } else {
      code(0xc0 + symbol - 280, 8);
    }
  }

  private void length(int length) {
    if (length == LENGTH_MAX) {
      literalOrLength(285);
      return;
    }
    int symbol = 0;
    int base = LENGTH_MIN;
    while (length >= base + (1 << LENGTH_EXTRA[symbol])) {
      base += 1 << LENGTH_EXTRA[symbol++];
    }
    literalOrLength(257 + symbol);
    write(length - base, LENGTH_EXTRA[symbol]);
  }

  private void distance(int distance) {
    int symbol = 0;
    int base = 1;
    while (distance >= base + (1 << distanceExtra(symbol))) {
      base += 1 << distanceExtra(symbol++);
    }
    code(symbol, 5);
    write(distance - base, distanceExtra(symbol));
  }

  private static int distanceExtra(int symbol) {
    return Math.max(0, symbol / 2 - 1);
  }

  /** Huffman codes go from their highest bit, everything else from the lowest. */
  private void code(int code, int length) {
    write(Integer.reverse(code) >>> (Integer.SIZE - length), length);
  }

  private void write(int value, int count) {
    bits |= value << bitCount;
    bitCount += count;
    for (; bitCount >= Byte.SIZE; bitCount -= Byte.SIZE) {
      out.write(bits);
      bits >>>= Byte.SIZE;
    }
  }
}
