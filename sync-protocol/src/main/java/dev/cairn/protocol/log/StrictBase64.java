package dev.cairn.protocol.log;

import dev.cairn.protocol.MalformedException;
import java.util.Base64;

/**
 * RFC 4648 section 4 with one spelling for each run of bytes. The platform's decoder also takes
 * missing padding and stray bits at the end, by which a signed note could be altered and still
 * verify.
 */
final class StrictBase64 {
  private StrictBase64() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] decode(String text) throws MalformedException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("no base64");
    }
    if (!encode(bytes).equals(text)) {
      throw new MalformedException("base64 in a second spelling");
    }
    return bytes;
  }
}
