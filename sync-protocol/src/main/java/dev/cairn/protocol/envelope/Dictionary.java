package dev.cairn.protocol.envelope;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Preset dictionary 1: schema words, closed lists of the trade and place codes, in the form in
 * which operations carry them; no sentences and no persons. It can never change: every body was
 * written against these bytes. Its readable source stands beside its test.
 */
final class Dictionary {

  private static final byte[] BYTES = load();

  private Dictionary() {}

  /** The bytes themselves, not a copy: for this package, which does not change them. */
  static byte[] bytes() {
    return BYTES;
  }

  private static byte[] load() {
    try (InputStream in = Dictionary.class.getResourceAsStream("dictionary-1.bin")) {
      if (in == null) {
        throw new IllegalStateException("dictionary-1.bin is missing from the program");
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[4096];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        out.write(chunk, 0, count);
      }
      return out.toByteArray();
    } catch (IOException unreadable) {
      throw new IllegalStateException("dictionary-1.bin cannot be read", unreadable);
    }
  }
}
