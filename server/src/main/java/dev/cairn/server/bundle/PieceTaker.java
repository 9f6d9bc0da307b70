package dev.cairn.server.bundle;

import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.attachment.AttachmentPieces;
import dev.cairn.server.attachment.GrowingFile;
import dev.cairn.server.attachment.Upload;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Puts pieces of attachments where uploads go, in whatever order they come: one that would leave a
 * hole is kept beside the file until the hole is filled.
 */
final class PieceTaker {

  private final Ledger ledger;
  private final AttachmentFiles files;
  private final AttachmentPieces pieces;

  PieceTaker(Ledger ledger, AttachmentFiles files) {
    this.ledger = ledger;
    this.files = files;
    this.pieces = new AttachmentPieces(files);
  }

  /** What became of a piece. */
  enum Outcome {
    /** It is here. */
    TAKEN,
    /** The change that names its attachment has not arrived, or too many pieces wait for others. */
    EARLY,
    /** It is of no attachment there is, or the attachment was not the one it is named for. */
    REFUSED
  }

  /** Takes a piece, durable on return. */
  synchronized Outcome take(ParcelContent.Piece piece) throws StoreException, IOException {
    List<LedgerView.Naming> namings;
    try (LedgerView view = ledger.store().view()) {
      namings = view.namings(piece.space(), piece.attachment());
    }
    if (namings.isEmpty()) {
      return Outcome.EARLY;
    }
    if (namings.get(0).sizeBytes() != piece.sizeBytes()) {
      return Outcome.REFUSED;
    }
    Upload upload =
        new Upload(
            piece.space(), piece.attachment(), namings.get(0).device(), piece.sizeBytes(), 0);
    byte[] bytes = piece.piece().bytes();
    if (piece.offsetBytes() > files.offset(upload)) {
      return pieces.keep(upload, piece.offsetBytes(), bytes) ? Outcome.TAKEN : Outcome.EARLY;
    }
    return grow(upload, piece.offsetBytes(), bytes) ? Outcome.TAKEN : Outcome.REFUSED;
  }

  /** Appends a piece and what waited for it; false if the file is not the one it is named for. */
  private boolean grow(Upload upload, long pieceOffset, byte[] first) throws IOException {
    long offset = files.offset(upload);
    if (offset >= upload.sizeBytes()) {
      return true;
    }
    offset = append(upload, offset, pieceOffset, first);
    Optional<AttachmentPieces.Waiting> next = pieces.next(upload, offset);
    while (next.isPresent()) {
      offset = append(upload, offset, next.get().offsetBytes(), next.get().read());
      next.get().drop();
      next = pieces.next(upload, offset);
    }
    return offset < upload.sizeBytes() || files.finish(upload);
  }

  /** Appends what is new in a piece; answers where the file ends then. */
  private long append(Upload upload, long offset, long pieceOffset, byte[] bytes)
      throws IOException {
    if (pieceOffset + bytes.length <= offset) {
      return offset;
    }
    int skipped = (int) (offset - pieceOffset);
    try (GrowingFile file = files.grow(upload, offset)) {
      file.append(Arrays.copyOfRange(bytes, skipped, bytes.length));
      file.sync();
    }
    return pieceOffset + bytes.length;
  }
}
