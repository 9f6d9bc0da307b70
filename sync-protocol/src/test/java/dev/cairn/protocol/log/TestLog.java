package dev.cairn.protocol.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A log that another program wrote: the test log of Tessera, whose key pair is published, with
 * fifteen leaves and one checkpoint after each.
 */
final class TestLog {
  static final LogOrigin ORIGIN = new LogOrigin("example.com/log/testdata");
  static final String VKEY =
      "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
  static final SigningKey SIGNING_KEY =
      SigningKey.of(
          Secret.take(
              TreeVectors.hex("eca663f499017d2365c27c7a7679158d43cfec1330bdb259290afbd0d21777a0")));

  static final String EMPTY =
      """
      example.com/log/testdata
      0
      47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

      — example.com/log/testdata M9e0lhxJACzE1KoUdqKuPa+9p6R7dSW8BlEvrg/noo8FkGg6PbJoRNOcdjqjOq89wVvTA60eubCc4oufo5BvIVEgtQc=
      """;
  static final String SEVEN =
      """
      example.com/log/testdata
      7
      IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=

      — example.com/log/testdata M9e0luA5JhTRUki/BBQD0QNiH6AEJ2pdtsA5CQjqJErViuuKrN6513RCTL2640wXJv0dCed3neRGI6dMzBq9uANf2Qc=
      """;
  static final String FIFTEEN =
      """
      example.com/log/testdata
      15
      rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=

      — example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=
      """;

  /** As they stand in that log's entries, spelling and all. */
  private static final List<String> WORDS =
      List.of(
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eit",
          "nain",
          "ten",
          "ileven",
          "twelf",
          "threeten",
          "fourten",
          "fivten");

  private TestLog() {}

  static LogKey key() {
    return new LogKey(ORIGIN, SIGNING_KEY.verifyingKey());
  }

  static List<Digest> leaves() {
    List<Digest> leaves = new ArrayList<>();
    for (String word : WORDS) {
      leaves.add(TreeHash.leaf(word.getBytes(UTF_8)));
    }
    return leaves;
  }

  static SignedCheckpoint open(String note) {
    try {
      return SignedCheckpoint.open(note.getBytes(UTF_8), key());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** A checkpoint over these leaves that the log never gave out. */
  static SignedCheckpoint signed(List<Digest> leaves) {
    Digest root = CompactTree.empty().append(leaves).tree().root();
    return SignedCheckpoint.sign(new Checkpoint(ORIGIN, leaves.size(), root), SIGNING_KEY);
  }
}
