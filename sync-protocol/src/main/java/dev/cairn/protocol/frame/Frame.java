package dev.cairn.protocol.frame;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.util.List;

/**
 * A run of changes of one device: the unit of transfer and of progress. Nothing says yet that its
 * signatures hold ({@link FrameSignatures}) or that it fits its feed.
 *
 * @param device the author of every change
 * @param changes 1 to {@link Limits#FRAME_ITEMS_MAX}, in the order of the feed
 */
public record Frame(DeviceId device, List<Change> changes) {

  /**
   * Takes a copy of the list.
   *
   * @throws IllegalArgumentException if there are too few or too many, they are together longer
   *     than {@link Limits#FRAME_BYTES_MAX}, or one is of another device
   */
  public Frame {
    changes = List.copyOf(changes);
    if (changes.isEmpty() || changes.size() > Limits.FRAME_ITEMS_MAX) {
      throw new IllegalArgumentException("frame of " + changes.size() + " changes");
    }
    if (sizeBytes(changes) > Limits.FRAME_BYTES_MAX) {
      throw new IllegalArgumentException("frame longer than " + Limits.FRAME_BYTES_MAX + " bytes");
    }
    for (Change change : changes) {
      if (!change.prefix().device().equals(device)) {
        throw new IllegalArgumentException("frame holds a change of another device");
      }
    }
  }

  /**
   * Payloads and ciphertexts together. What can be left out differs from stream to stream; were the
   * bound on the written size, a server could find itself with a run it cannot frame for a reader.
   */
  static long sizeBytes(List<Change> changes) {
    return changes.stream().mapToLong(Change::sizeBytes).sum();
  }

  /** The frame of changes that are all by the author of the first. */
  public static Frame of(List<Change> changes) {
    return new Frame(changes.get(0).prefix().device(), changes);
  }
}
