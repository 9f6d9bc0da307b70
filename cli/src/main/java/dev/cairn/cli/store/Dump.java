package dev.cairn.cli.store;

import dev.cairn.protocol.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the bytes that the digest of one circle is taken over, and passes the others by. */
final class Dump {

  /** Takes none. */
  static final Dump NONE = new Dump(null, null);

  private final @Nullable String circle;
  private final @Nullable OutputStream out;

  private Dump(@Nullable String circle, @Nullable OutputStream out) {
    this.circle = circle;
    this.out = out;
  }

  /**
   * Takes those of a circle.
   *
   * @param circle its name among the digests; the coordinators' or else the store's own unless said
   */
  static Dump of(Optional<String> circle, OutputStream out) {
    return new Dump(circle.orElse(null), out);
  }

  /**
   * Chooses among the circles of a store.
   *
   * @param names of its circles, as the digests name them
   * @throws RefusedException {@code circle.unknown} if the one that was asked for is not among them
   */
  String chosen(Set<String> names) throws RefusedException {
    String asked = circle;
    if (asked == null) {
      return names.contains(CircleDigests.DESK) ? CircleDigests.DESK : CircleDigests.OWN;
    }
    if (!names.contains(asked)) {
      throw new RefusedException("circle.unknown", "this store is in no circle of that name");
    }
    return asked;
  }

  /** Takes more bytes. */
  void write(byte[] canonicalState) {
    OutputStream to = out;
    if (to != null) {
      try {
        to.write(canonicalState);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
