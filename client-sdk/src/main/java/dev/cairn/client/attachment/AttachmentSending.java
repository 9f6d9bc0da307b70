package dev.cairn.client.attachment;

import dev.cairn.client.attachment.ShownPiece.Shown;
import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.Confirmed;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.limits.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One round of sending this device's files. A file is sent when the server has shown a piece of it,
 * and is looked after until a coordinator says, signed, to have opened it: at each sync the server
 * has to show another piece, and what it lost or altered is sent again.
 */
final class AttachmentSending {

  private final Holdings holdings;
  private final AttachmentFolder folder;
  private final TusUpload upload;
  private final ShownPiece shown;
  private final Attachments.Watcher watcher;
  private final List<AttachmentTrouble> troubles = new ArrayList<>();
  private final Set<AttachmentId> missed = new HashSet<>();

  AttachmentSending(
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

  /** What is to be done for one file. */
  private enum Task {
    NOTHING,
    SEND,
    /** The server had it. */
    ASK,
    /** The server had it, and a coordinator could not open it. */
    OFFER
  }

  /** Does what there is to do; what went wrong with single files. */
  List<AttachmentTrouble> run() throws CairnException {
    List<AttachmentRow> toSend = new ArrayList<>();
    List<AttachmentRow> toAsk = new ArrayList<>();
    holdings
        .store()
        .read(
            rows -> {
              Confirmed confirmed = Confirmed.of(rows, holdings.roster());
              long received = Progress.read(rows).receivedThrough();
              for (AttachmentRow row : AttachmentRow.readAll(rows)) {
                Task task = task(rows, row, confirmed, received);
                if (task == Task.SEND) {
                  toSend.add(row);
                } else if (task != Task.NOTHING) {
                  toAsk.add(row);
                  if (task == Task.OFFER) {
                    missed.add(row.id());
                  }
                }
              }
              return Boolean.TRUE;
            });
    for (AttachmentRow row : toSend) {
      attempt(row, this::send);
    }
    for (AttachmentRow row : some(toAsk)) {
      attempt(row, this::ask);
    }
    return troubles;
  }

  private Task task(SealedRows rows, AttachmentRow row, Confirmed confirmed, long received)
      throws CairnException {
    if (!row.isOwn() || row.sequence() > received) {
      // It is somebody else's, or its change goes first.
      return Task.NOTHING;
    }
    Optional<Change> change = OwnChanges.at(rows, row.sequence());
    if (!change.isPresent() || !change.get().ciphertext().isPresent()) {
      // Withdrawn: the server let go of the file.
      return Task.NOTHING;
    }
    if (!row.sent()) {
      return Task.SEND;
    }
    Audience audience = change.get().prefix().audience();
    boolean misses = confirmed.misses(row.sequence(), audience);
    if (confirmed.holds(row.sequence(), audience)) {
      // A second coordinator may lack what the first has, and this device may be the last to have.
      return misses ? Task.ASK : Task.NOTHING;
    }
    return misses ? Task.OFFER : Task.ASK;
  }

  /** A bounded number of them, so that a desk without colleagues does not ask for ever longer. */
  private List<AttachmentRow> some(List<AttachmentRow> rows) {
    if (rows.size() <= Limits.ATTACHMENTS_ASKED_MAX) {
      return rows;
    }
    int first =
        Math.floorMod(
            ByteBuffer.wrap(holdings.host().randomness().bytes(Integer.BYTES)).getInt(),
            rows.size());
    List<AttachmentRow> some = new ArrayList<>();
    for (int i = 0; i < Limits.ATTACHMENTS_ASKED_MAX; i++) {
      some.add(rows.get((first + i) % rows.size()));
    }
    return some;
  }

  /** Something done for one file. */
  @FunctionalInterface
  private interface Doing {
    void with(AttachmentRow row) throws CairnException;
  }

  /** A file that is refused does not keep others from going. */
  private void attempt(AttachmentRow row, Doing doing) throws CairnException {
    if (!watcher.maySendAttachments()) {
      return;
    }
    if (!folder.has(row.id())) {
      String message = "its file is not in this store any more";
      troubles.add(
          AttachmentTrouble.of(row.id(), new RefusedException(AttachmentTrouble.MISSING, message)));
      return;
    }
    try {
      doing.with(row);
    } catch (RefusedException | StoreException refused) {
      troubles.add(AttachmentTrouble.of(row.id(), refused));
    }
  }

  private void send(AttachmentRow row) throws CairnException {
    upload.send(
        row.id(),
        folder.file(row.id()),
        row.location(),
        address -> holdings.store().change(rows -> row.at(address).write(rows)),
        (bytes, total) -> watcher.onAttachment(row.id(), bytes, total));
    if (shown.ask(row.id(), folder.file(row.id())) != Shown.SAME) {
      // A new address the next time: asked for one, an honest server looks at its copy.
      holdings.store().change(rows -> row.at(null).write(rows));
      throw new RefusedException(
          AttachmentTrouble.UNPROVEN, "the server says that it has the file and does not show it");
    }
    holdings.store().change(rows -> row.whole().write(rows));
  }

  private void ask(AttachmentRow row) throws CairnException {
    if (shown.ask(row.id(), folder.file(row.id())) != Shown.SAME) {
      watcher.onAttachmentLost(row.id());
      offer(row);
    } else if (missed.contains(row.id())) {
      offer(row);
    }
  }

  /** Sends it as if for the first time; nothing travels of what the server still has. */
  private void offer(AttachmentRow row) throws CairnException {
    AttachmentRow unsent = row.lost();
    holdings.store().change(unsent::write);
    send(unsent);
  }
}
