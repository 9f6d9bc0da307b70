package dev.cairn.server.http;

import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import java.util.HashSet;
import java.util.Set;

/**
 * Who may fetch an attached file, and who may send one: by the changes in the log that name it and
 * are not erased.
 *
 * <p>Besides its author a coordinator sends one that he may fetch: a server that lost its files has
 * them again though their authors are gone. Nobody needs to trust him, for a file is what its hash
 * says or is dropped, and what he sends lies apart from what others send. Not everybody may, for
 * each sender's part takes room until it is whole.
 */
final class AttachmentRights {

  private final Ledger ledger;

  AttachmentRights(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether a device may fetch a file: it, or a circle it may read, is told of it. */
  boolean mayFetch(SpaceSnapshot snapshot, DeviceId device, AttachmentId id) throws StoreException {
    try (LedgerView view = ledger.store().view()) {
      for (LedgerView.Naming naming : view.namings(snapshot.space(), id)) {
        if (naming.device().equals(device) || isRead(view, snapshot, device, naming)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The sizes of the encrypted file with which a device may send it; none if it may not. */
  Set<Long> sizesToSend(SpaceSnapshot snapshot, DeviceId device, AttachmentId id)
      throws StoreException {
    boolean coordinates =
        snapshot.roster().device(device).map(entry -> entry.coordinates()).orElse(false);
    Set<Long> sizes = new HashSet<>();
    try (LedgerView view = ledger.store().view()) {
      for (LedgerView.Naming naming : view.namings(snapshot.space(), id)) {
        if (naming.device().equals(device)
            || (coordinates && isRead(view, snapshot, device, naming))) {
          sizes.add(naming.sizeBytes());
        }
      }
    }
    return sizes;
  }

  private static boolean isRead(
      LedgerView view, SpaceSnapshot snapshot, DeviceId device, LedgerView.Naming naming)
      throws StoreException {
    Prefix prefix = view.prefix(snapshot.space(), naming.change()).orElseThrow();
    return prefix.audience().circles().stream()
        .anyMatch(circle -> snapshot.roster().mayFetch(device, circle));
  }
}
