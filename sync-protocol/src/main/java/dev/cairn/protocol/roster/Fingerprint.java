package dev.cairn.protocol.roster;

import dev.cairn.protocol.encoding.Proquint;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * Five words that two people compare over a voice line, so that a coordinator knows whose device it
 * is: pronounceable in most languages, bound to the space, the device and its encryption key.
 */
public final class Fingerprint {

  private static final int WORDS = 5;

  private Fingerprint() {}

  /** The words of a device in a space. */
  public static List<String> words(SpaceId space, DeviceKeys keys) {
    byte[] hash =
        Sha256.labelled(
                "cairn/1/fingerprint",
                space.bytes(),
                keys.device().bytes(),
                Sha256.of(keys.encryptionKey().bytes()).bytes())
            .bytes();
    List<String> words = new ArrayList<>(WORDS);
    for (int i = 0; i < WORDS; i++) {
      words.add(Proquint.word((hash[2 * i] & 0xff) << 8 | (hash[2 * i + 1] & 0xff)));
    }
    return words;
  }
}
