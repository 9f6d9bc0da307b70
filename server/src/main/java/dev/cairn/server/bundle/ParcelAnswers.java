package dev.cairn.server.bundle;

import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers to one parcel. Anybody who is in can write many authors into one, and each of them is
 * owed what the log has for him: so their number and size are bounded, and who has no room hears
 * when the parcel comes again, or when he syncs.
 */
final class ParcelAnswers {

  private final List<byte[]> all = new ArrayList<>();
  private long bytes;

  /**
   * Adds one, unless they would be larger together than they may be.
   *
   * @return whether there may be room for more
   */
  boolean add(byte[] answer) {
    if (bytes + answer.length > Limits.PARCEL_ANSWERS_BYTES_MAX) {
      return false;
    }
    all.add(answer);
    bytes += answer.length;
    return all.size() < Limits.PARCEL_ANSWERS_MAX;
  }

  /** Those that had room. */
  List<byte[]> all() {
    return all;
  }
}
