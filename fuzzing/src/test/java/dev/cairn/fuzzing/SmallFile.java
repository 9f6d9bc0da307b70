package dev.cairn.fuzzing;

import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.suite.Sha256;
import java.util.Arrays;
import java.util.Random;

/** One of two encrypted files of the same size that changes name and pieces are taken from. */
final class SmallFile {

  /** Divided by sixteen without a rest, so that eighths of one half of it are whole bytes. */
  static final int SIZE_BYTES = 4096;

  private static final SmallFile FIRST = new SmallFile(29);
  private static final SmallFile SECOND = new SmallFile(31);

  private final byte[] bytes = new byte[SIZE_BYTES];
  private final AttachmentId id;

  private SmallFile(int seed) {
    new Random(seed).nextBytes(bytes);
    this.id = AttachmentId.of(Sha256.of(bytes).bytes());
  }

  static SmallFile of(boolean second) {
    return second ? SECOND : FIRST;
  }

  /** Its name and size; or with half of its size, of which no file has this name. */
  AttachmentRef named(boolean halved) {
    return new AttachmentRef(id, halved ? SIZE_BYTES / 2 : SIZE_BYTES);
  }

  Encoded range(int from, int to) {
    return Encoded.of(Arrays.copyOfRange(bytes, from, to));
  }
}
