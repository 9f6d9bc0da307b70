package dev.cairn.protocol.bundle;

import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;

/** What a parcel holds. Immutable. */
public sealed interface ParcelContent {

  /** The space it belongs to. */
  SpaceId space();

  /**
   * Statements and frames on their way to whoever may fetch them.
   *
   * @param space the space they belong to
   * @param stream entries as a stream carries them
   */
  record Changes(SpaceId space, Encoded stream) implements ParcelContent {}

  /**
   * The log's answer on its way back, and what else the log has for a device.
   *
   * @param space the space of the log
   * @param device whose changes were received
   * @param stream entries as a stream carries them
   */
  record Answer(SpaceId space, DeviceId device, Encoded stream) implements ParcelContent {}

  /**
   * A piece of an encrypted attachment; pieces may come in any order, more than once, and by
   * different ways. Whether one belongs to its file shows only when the file is whole, so each is
   * signed by a device that names the attachment: {@link PieceSignature}, which alone looks at the
   * signature.
   *
   * @param space the space of the change that names the attachment
   * @param device whose change that is
   * @param attachment the hash of the whole encrypted file
   * @param sizeBytes the size of the whole encrypted file
   * @param offsetBytes where the piece begins in it
   * @param piece at least one byte, none beyond the size
   * @param signature the device's, good or not
   */
  record Piece(
      SpaceId space,
      DeviceId device,
      AttachmentId attachment,
      long sizeBytes,
      long offsetBytes,
      Encoded piece,
      Signature signature)
      implements ParcelContent {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the piece does not lie in a file of a size there may be
     */
    public Piece {
      if (!lies(sizeBytes, offsetBytes, piece.sizeBytes())) {
        throw new IllegalArgumentException("piece does not lie in its attachment");
      }
    }

    static boolean lies(long sizeBytes, long offsetBytes, int pieceBytes) {
      return sizeBytes <= Limits.ATTACHMENT_FILE_BYTES_MAX
          && offsetBytes >= 0
          && pieceBytes >= 1
          && offsetBytes <= sizeBytes - pieceBytes;
    }
  }
}
