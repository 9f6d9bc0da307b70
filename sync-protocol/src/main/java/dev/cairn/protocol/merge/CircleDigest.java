package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a circle: SHA-256 over the canonical states of its records, ascending by id, each
 * merged from the changes addressed to that circle. Two replicas that hold the same have the same.
 *
 * <p>Takes the states one by one, so that nobody has to hold them all. Belongs to one thread.
 */
public final class CircleDigest {

  private final Sha256 hash = new Sha256();
  private @Nullable RecordId last;

  /** Begins with no record. */
  public CircleDigest() {}

  /**
   * Takes the next record; one of which nothing counts makes no difference.
   *
   * @throws IllegalArgumentException if it does not come after the one before
   */
  public CircleDigest add(RecordState state) {
    if (last != null && last.compareTo(state.record()) >= 0) {
      throw new IllegalArgumentException("records out of order");
    }
    last = state.record();
    if (!state.isEmpty()) {
      hash.update(state.canonical());
    }
    return this;
  }

  /** The digest of the records taken; the next one begins with none. */
  public Digest digest() {
    last = null;
    return hash.digest();
  }

  /** The digest of these records, whatever their order. */
  public static Digest of(Collection<RecordState> states) {
    List<RecordState> sorted = new ArrayList<>(states);
    sorted.sort((one, other) -> one.record().compareTo(other.record()));
    CircleDigest digest = new CircleDigest();
    sorted.forEach(digest::add);
    return digest.digest();
  }
}
