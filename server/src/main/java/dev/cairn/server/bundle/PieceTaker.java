package dev.cairn.server.bundle;

import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.attachment.Upload;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** Puts pieces of attachments where uploads go. A piece that would leave a hole is not taken. */
final class PieceTaker {

  private final Ledger ledger;
  private final AttachmentFiles files;

  PieceTaker(Ledger ledger, AttachmentFiles files) {
    this.ledger = ledger;
    this.files = files;
  }

  /** Whether the piece is here now. */
  synchronized boolean take(ParcelContent.Piece piece) throws StoreException, IOException {
    List<LedgerView.Naming> namings;
    try (LedgerView view = ledger.store().view()) {
      namings = view.namings(piece.space(), piece.attachment());
    }
    if (namings.isEmpty() || namings.get(0).sizeBytes() != piece.sizeBytes()) {
      return false;
    }
    Upload upload =
        new Upload(
            piece.space(), piece.attachment(), namings.get(0).device(), piece.sizeBytes(), 0);
    long offset = files.offset(upload);
    byte[] bytes = piece.piece().bytes();
    if (piece.offsetBytes() > offset) {
      return false;
    }
    if (piece.offsetBytes() + bytes.length <= offset) {
      return true;
    }
    int skipped = (int) (offset - piece.offsetBytes());
    append(upload, offset, ByteBuffer.wrap(bytes, skipped, bytes.length - skipped));
    boolean isLast = piece.offsetBytes() + bytes.length == piece.sizeBytes();
    return !isLast || files.finish(upload);
  }

  private void append(Upload upload, long offset, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = PrivateFiles.openForWriting(files.part(upload))) {
      channel.position(offset);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
