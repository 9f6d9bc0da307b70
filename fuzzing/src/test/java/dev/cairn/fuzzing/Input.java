package dev.cairn.fuzzing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An input taken apart: choices from its end, so that what is decoded begins where the input does
 * and a seed is the thing itself with a few bytes behind it.
 */
final class Input {

  private final byte[] bytes;
  private int end;

  Input(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /** The last byte that was not taken yet; 0 when there is none. */
  int choice() {
    return end == 0 ? 0 : bytes[--end] & 0xff;
  }

  /** A number below a bound. */
  int choice(int bound) {
    return choice() % bound;
  }

  /** What is left. */
  byte[] rest() {
    return java.util.Arrays.copyOf(bytes, end);
  }

  /** What is left, as a text: whatever a header, a file or a keyboard can hold. */
  String text() {
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** What is left, cut at line feeds. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String text = text();
    int from = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      lines.add(text.substring(from, at));
      from = at + 1;
    }
    lines.add(text.substring(from));
    return lines;
  }

  /** What is left, in pieces whose lengths a byte says. */
  static List<byte[]> pieces(byte[] whole, int seed) {
    List<byte[]> pieces = new ArrayList<>();
    int state = seed;
    for (int at = 0; at < whole.length; ) {
      state = state * 1_103_515_245 + 12_345;
      int length = 1 + ((state >>> 16) & (seed % 2 == 0 ? 0x3 : 0x3ff));
      int to = Math.min(whole.length, at + length);
      pieces.add(java.util.Arrays.copyOfRange(whole, at, to));
      at = to;
    }
    return pieces;
  }
}
