package dev.cairn.server.attachment;

import dev.cairn.protocol.bundle.ParcelContent;
import java.io.IOException;

/**
 * Pieces of attachments that came by hand, in whatever order. Only the whole file can be told right
 * from wrong, so what one device signed never meets what another did, nor what anybody uploads: a
 * device can spoil its own file and nobody else's. Where two pieces of one device overlap, the one
 * that came later counts.
 *
 * <pre>
 * SPACE/ID.pieces-SIZE-DEVICE.part   the bytes
 * SPACE/ID.pieces-SIZE-DEVICE.count  which of them count
 * </pre>
 *
 * <p>Once all bytes are there they are looked at: the file gets its name, or all of it is dropped.
 * So nothing is read more often than it was brought, and what waits is no larger than what its
 * device named. Safe for many threads; one piece at a time.
 */
public final class AttachmentPieces {

  private final AttachmentFiles files;

  /** Beside these files. */
  public AttachmentPieces(AttachmentFiles files) {
    this.files = files;
  }

  /**
   * Keeps a piece, durable on return, and gives the file its name once it is whole.
   *
   * @param piece whose signature holds, of an attachment that its device names with that size
   */
  public PieceFate take(ParcelContent.Piece piece) throws IOException {
    synchronized (files.pieces) {
      if (files.complete(piece.space(), piece.attachment()).isPresent()) {
        return PieceFate.KEPT;
      }
      PieceLayer layer = files.layer(piece);
      if (layer.isWhole(piece.sizeBytes())) {
        // A stop came before it was looked at; this piece must not be lost with it.
        if (files.finish(piece)) {
          return PieceFate.KEPT;
        }
        layer = files.layer(piece);
      }
      if (!layer.put(piece.offsetBytes(), piece.piece().bytes())) {
        return PieceFate.EARLY;
      }
      boolean isWrong = layer.isWhole(piece.sizeBytes()) && !files.finish(piece);
      return isWrong ? PieceFate.REFUSED : PieceFate.KEPT;
    }
  }
}
