package dev.cairn.server.bundle;

import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.bundle.PieceSignature;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.attachment.AttachmentPieces;
import dev.cairn.server.attachment.PieceFate;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;

/**
 * Takes pieces of attachments, in whatever order they come and whoever carries them. A piece counts
 * for the device that signed it, and only if a change of that device in the log names its
 * attachment with its size: so nobody spoils the file of another, and what waits is within the
 * quota of who signed it. Whether the device was cut off since does not matter, for then nobody can
 * upload the file of a change that stands.
 */
final class PieceTaker {

  private final Ledger ledger;
  private final AttachmentPieces pieces;

  PieceTaker(Ledger ledger, AttachmentFiles files) {
    this.ledger = ledger;
    this.pieces = new AttachmentPieces(files);
  }

  /** Takes a piece, durable on return if it is kept. */
  PieceFate take(ParcelContent.Piece piece) throws StoreException, IOException {
    if (!PieceSignature.holds(piece)) {
      return PieceFate.REFUSED;
    }
    return isNamed(piece) ? pieces.take(piece) : PieceFate.EARLY;
  }

  private boolean isNamed(ParcelContent.Piece piece) throws StoreException {
    try (LedgerView view = ledger.store().view()) {
      return view.namings(piece.space(), piece.attachment()).stream()
          .anyMatch(
              naming ->
                  naming.device().equals(piece.device())
                      && naming.sizeBytes() == piece.sizeBytes());
    }
  }
}
