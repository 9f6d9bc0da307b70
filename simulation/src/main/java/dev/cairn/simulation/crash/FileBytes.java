package dev.cairn.simulation.crash;

import java.util.Arrays;

/** Bytes that can be written anywhere. */
final class FileBytes {

  private byte[] bytes = new byte[0];
  private int length;

  FileBytes() {}

  FileBytes(byte[] content) {
    bytes = content.clone();
    length = content.length;
  }

  /** Does to these what was done to a file; of a write only so many bytes. */
  void apply(Effect effect, int bytesMax) {
    if (effect instanceof Effect.Wrote wrote) {
      FileBytes more = wrote.bytes();
      int count = Math.min(bytesMax, more.length);
      int at = Math.toIntExact(wrote.at());
      resize(Math.max(length, at + count));
      System.arraycopy(more.bytes, 0, bytes, at, count);
    } else if (effect instanceof Effect.Resized resized) {
      resize(Math.toIntExact(resized.length()));
    }
  }

  private void resize(int to) {
    if (to > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(to, 2 * bytes.length));
    }
    if (to < length) {
      Arrays.fill(bytes, to, length, (byte) 0);
    }
    length = to;
  }

  int length() {
    return length;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }
}
