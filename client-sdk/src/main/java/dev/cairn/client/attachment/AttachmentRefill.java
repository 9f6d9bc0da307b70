package dev.cairn.client.attachment;

import dev.cairn.client.attachment.ShownPiece.Shown;
import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.FilesToShow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.AttachmentId;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings to a server that was replaced or restored the files it lacks. An author looks after a file
 * until a coordinator has confirmed it; after that this device may be the last to have it, and who
 * is let in later would never get it.
 */
final class AttachmentRefill {

  /** The code of a file that no change in the log names for this device. */
  private static final String UNKNOWN = "attachment.unknown";

  private final Holdings holdings;
  private final AttachmentFolder folder;
  private final TusUpload upload;
  private final ShownPiece shown;
  private final Attachments.Watcher watcher;
  private final List<AttachmentTrouble> troubles = new ArrayList<>();

  AttachmentRefill(
      Holdings holdings,
      AttachmentFolder folder,
      Transport transport,
      SignedRequests signed,
      Attachments.Watcher watcher) {
    this.holdings = holdings;
    this.folder = folder;
    this.upload = new TusUpload(transport, signed, holdings.identity().space());
    this.shown = new ShownPiece(signed, holdings.identity().space(), holdings.host().randomness());
    this.watcher = watcher;
  }

  /** Does what is left to do of it; what went wrong with single files. */
  List<AttachmentTrouble> run() throws CairnException {
    boolean coordinates =
        holdings.roster().device(holdings.device()).map(each -> each.coordinates()).orElse(false);
    List<AttachmentRow> left = holdings.store().read(rows -> FilesToShow.left(rows, coordinates));
    for (AttachmentRow row : left) {
      if (!watcher.maySendAttachments() || !seeTo(row)) {
        return troubles;
      }
      holdings.store().change(rows -> FilesToShow.seenTo(rows, row.id()));
    }
    holdings.store().change(FilesToShow::end);
    return troubles;
  }

  /** Has the server show one file, or sends it; whether to go on. */
  private boolean seeTo(AttachmentRow row) throws CairnException {
    if (!folder.has(row.id())) {
      return true;
    }
    try {
      if (isNotShown(row.id())) {
        send(row);
      }
      return true;
    } catch (RefusedException refused) {
      if (!refused.code().equals(UNKNOWN)) {
        troubles.add(AttachmentTrouble.of(row.id(), refused));
      }
      return !Refusals.passes(refused.code());
    } catch (StoreException unread) {
      troubles.add(AttachmentTrouble.of(row.id(), unread));
      return true;
    }
  }

  private boolean isNotShown(AttachmentId id) throws CairnException {
    return shown.ask(id, folder.file(id)) != Shown.SAME;
  }

  /** What is kept meanwhile is the address alone: that the file was opened here stays true. */
  private void send(AttachmentRow row) throws CairnException {
    upload.send(
        row.id(),
        folder.file(row.id()),
        row.location(),
        address -> holdings.store().change(rows -> row.at(address).write(rows)),
        (bytes, total) -> watcher.onAttachment(row.id(), bytes, total));
    holdings.store().change(rows -> row.at(null).write(rows));
    if (isNotShown(row.id())) {
      throw new RefusedException(
          AttachmentTrouble.UNPROVEN, "the server says that it has the file and does not show it");
    }
  }
}
