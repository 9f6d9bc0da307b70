package dev.cairn.server.bundle;

import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.attachment.AttachmentPieces;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;

/**
 * Takes pieces of attachments, in whatever order they come. Anybody can make one and nobody signs
 * it, so they are kept apart from what the author uploads, and those that contradict each other are
 * tried both ways: to drop everything when the whole is wrong would lose right pieces whose
 * couriers have forgotten them. Only a piece that stays here until the file is whole is told to be
 * taken; of all others the courier keeps his, and brings it again.
 */
final class PieceTaker {

  private final Ledger ledger;
  private final AttachmentPieces pieces;

  PieceTaker(Ledger ledger, AttachmentFiles files) {
    this.ledger = ledger;
    this.pieces = new AttachmentPieces(files);
  }

  /**
   * Takes a piece, durable on return.
   *
   * @return false if it is to be handed in again: no change has arrived that names its attachment
   *     with its size, or it contradicts other pieces, or too many wait for others
   */
  synchronized boolean take(ParcelContent.Piece piece) throws StoreException, IOException {
    try (LedgerView view = ledger.store().view()) {
      // Anybody may name what he did not write, with a size that is wrong; the right one may come.
      if (view.namings(piece.space(), piece.attachment()).stream()
          .noneMatch(naming -> naming.sizeBytes() == piece.sizeBytes())) {
        return false;
      }
    }
    return pieces.take(
        piece.space(),
        piece.attachment(),
        piece.sizeBytes(),
        piece.offsetBytes(),
        piece.piece().bytes());
  }
}
