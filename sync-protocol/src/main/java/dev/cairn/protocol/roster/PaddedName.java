package dev.cairn.protocol.roster;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.limits.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names on their way into a ciphertext: UTF-8 and zeros, so that the length tells little. */
final class PaddedName {

  /** Names of up to this many bytes look alike, and so on by as many. */
  static final int STEP_BYTES = 32;

  /** The longest a padded name can be. */
  static final int SIZE_BYTES_MAX =
      (Limits.NAME_SIZE_BYTES_MAX + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;

  private PaddedName() {}

  /**
   * Pads a name.
   *
   * @throws IllegalArgumentException if it is too long, holds a zero character, or a surrogate
   *     without its partner
   */
  static byte[] pad(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > Limits.NAME_SIZE_BYTES_MAX) {
      throw new IllegalArgumentException("name of " + utf8.length + " bytes");
    }
    if (name.indexOf('\0') >= 0 || !new String(utf8, StandardCharsets.UTF_8).equals(name)) {
      throw new IllegalArgumentException("name that is no text");
    }
    int steps = Math.max(1, (utf8.length + STEP_BYTES - 1) / STEP_BYTES);
    return Arrays.copyOf(utf8, steps * STEP_BYTES);
  }

  /**
   * Takes the zeros away again.
   *
   * @throws UndecryptableException if what remains is no name: only its author can have made it so
   */
  static String unpad(byte[] padded) throws UndecryptableException {
    int length = padded.length;
    while (length > 0 && padded[length - 1] == 0) {
      length--;
    }
    if (length > Limits.NAME_SIZE_BYTES_MAX) {
      throw new UndecryptableException();
    }
    try {
      String name =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(padded, 0, length)).toString();
      if (name.indexOf('\0') >= 0) {
        throw new UndecryptableException();
      }
      return name;
    } catch (CharacterCodingException refused) {
      throw new UndecryptableException();
    }
  }
}
