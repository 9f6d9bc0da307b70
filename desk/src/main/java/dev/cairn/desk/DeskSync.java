package dev.cairn.desk;

import dev.cairn.client.Device;
import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.attachment.SealedAttachment;
import dev.cairn.protocol.record.AttachedFile;
import java.util.ArrayList;
import java.util.List;

/**
 * One sync of a desk. Changes come first, then small files, then the word to their authors about
 * both; large files come last, and a link that dies of them has carried all that.
 */
final class DeskSync {

  /** What is fetched before the authors are told: about a photograph. */
  private static final long SMALL_BYTES_MAX = 1024 * 1024;

  private final Device device;
  private final Transport transport;
  private final SyncListener listener;

  DeskSync(Device device, Transport transport, SyncListener listener) {
    this.device = device;
    this.transport = transport;
    this.listener = listener;
  }

  /** Syncs. */
  SyncResult run() throws CairnException {
    SyncResult result = device.sync(transport, listener);
    Held held = Held.of(device);
    List<AttachedFile> small = new ArrayList<>();
    List<AttachedFile> large = new ArrayList<>();
    for (AttachedFile file : held.attached(device.profile().device())) {
      if (!device.holdsAttachment(file.id())) {
        boolean isSmall = SealedAttachment.sealedBytes(file.sizeBytes()) <= SMALL_BYTES_MAX;
        (isSmall ? small : large).add(file);
      }
    }
    Traffic before = transport.traffic();
    List<AttachmentTrouble> troubles = new ArrayList<>(fetch(small));
    result = tell(carrying(result, before), held);
    if (!large.isEmpty()) {
      before = transport.traffic();
      troubles.addAll(fetch(large));
      result = tell(carrying(result, before), Held.of(device));
    }
    troubles.addAll(0, result.attachments());
    return result.lacking(troubles);
  }

  /** Fetches; where the link dies, what came before is confirmed all the same. */
  private List<AttachmentTrouble> fetch(List<AttachedFile> files) throws CairnException {
    try {
      return device.fetchAttachments(files, transport, listener, listener.attachmentBytesMax());
    } catch (TransportException cut) {
      Confirmations.write(device, Held.of(device));
      throw cut;
    }
  }

  private SyncResult tell(SyncResult before, Held held) throws CairnException {
    return Confirmations.write(device, held) == 0
        ? before
        : before.then(device.sync(transport, listener));
  }

  private SyncResult carrying(SyncResult result, Traffic before) {
    Traffic used = transport.traffic().since(before);
    return result.with(used.bytesUp(), used.bytesDown(), used.requests());
  }
}
