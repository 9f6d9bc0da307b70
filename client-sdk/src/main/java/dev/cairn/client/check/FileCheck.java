package dev.cairn.client.check;

import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.Confirmed;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.suite.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Encrypted files of attachments: those that no coordinator has confirmed, and those that others
 * attached and that were here, are here and are what they are named.
 */
final class FileCheck {

  private static final int PIECE_BYTES = 64 * 1024;

  private final Holdings holdings;
  private final Fsck fsck;

  FileCheck(Holdings holdings, Fsck fsck) {
    this.holdings = holdings;
    this.fsck = fsck;
  }

  void check(SealedRows rows) throws CairnException {
    if (!Files.exists(holdings.folder().ring())) {
      fsck.problem("keys.missing", "ring");
    }
    Path folder = holdings.folder().attachmentsIfMade();
    for (AttachmentRow row : AttachmentRow.readAll(rows)) {
      Path file = folder.resolve(row.id().toString());
      String where = "attachment " + row.id();
      if (!Files.exists(file)) {
        if (isNeeded(rows, row)) {
          fsck.problem("attachment.missing", where);
        }
        continue;
      }
      fsck.checked("attachments", 1);
      try {
        if (!row.id().equals(hash(file))) {
          fsck.problem("attachment.damaged", where);
        }
      } catch (IOException e) {
        fsck.problem("attachment.unreadable", where);
      }
    }
  }

  /** One's own until a coordinator has it; somebody else's that was here, and said to be. */
  private boolean isNeeded(SealedRows rows, AttachmentRow row) throws CairnException {
    if (!row.isOwn()) {
      return row.sent();
    }
    Optional<Change> change = OwnChanges.at(rows, row.sequence());
    return change.isPresent()
        && change.get().ciphertext().isPresent()
        && !Confirmed.of(rows, holdings.roster())
            .holds(row.sequence(), change.get().prefix().audience());
  }

  private static AttachmentId hash(Path file) throws IOException {
    Sha256 hash = new Sha256();
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      int count = in.read(piece);
      while (count >= 0) {
        hash.update(piece, 0, count);
        count = in.read(piece);
      }
    }
    return AttachmentId.of(hash.digest().bytes());
  }
}
