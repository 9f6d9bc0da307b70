package dev.cairn.client.attachment;

import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.attachment.SealedAttachment;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.AttachmentKey;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The attachments of one device: made, sent, fetched, opened. */
public final class Attachments {

  private static final int KEY_BYTES = 32;

  private final Holdings holdings;

  /** Of this device. */
  public Attachments(Holdings holdings) {
    this.holdings = holdings;
  }

  private AttachmentFolder folder() throws CairnException {
    return new AttachmentFolder(holdings.folder().attachments());
  }

  /** Encrypts a file, durable on return. A change has then to name it, and is what has it sent. */
  public AttachedFile make(
      InputStream content, String name, String mediaType, CaptureMetadata capture)
      throws CairnException, IOException {
    Secret key = Secret.random(KEY_BYTES, holdings.host().randomness());
    try {
      SealedAttachment sealed = folder().seal(content, key, holdings.host().randomness());
      return new AttachedFile(
          sealed.id(),
          AttachmentKey.of(key.expose()),
          sealed.contentBytes(),
          name,
          mediaType,
          (CborValue.Bytes) CborValue.of(sealed.contentDigest().bytes()),
          capture.entries());
    } finally {
      key.wipe();
    }
  }

  /**
   * Removes the file of an attachment that no change came to name, because there was no room for
   * the change. After any other failure it stays until the next {@link #repair}: the change may
   * have become durable all the same, and the file is all there is of it.
   */
  public void forget(AttachedFile file, StoreException failure) {
    if (failure.reason() != StoreException.Reason.FULL) {
      return;
    }
    try {
      folder().remove(file.id());
    } catch (CairnException left) {
      failure.addSuppressed(left);
    }
  }

  /** Removes files that a crash left and no change names. */
  public void repair() throws CairnException {
    Path folder = holdings.folder().attachmentsIfMade();
    if (Files.isDirectory(folder)) {
      Set<AttachmentId> named = new HashSet<>();
      rows().forEach(row -> named.add(row.id()));
      new AttachmentFolder(folder).removeLeft(named);
    }
  }

  /** Hears how attachments travel, and says whether they may. */
  public interface Watcher {
    /** More of an encrypted file has arrived at the server. */
    void onAttachment(AttachmentId attachment, long sentBytes, long totalBytes);

    /** Whether attachments may travel now: on this network, at this time. */
    boolean maySendAttachments();
  }

  /** How many have still to go. */
  public int waiting() throws CairnException {
    return (int) rows().stream().filter(Attachments::hasToGo).count();
  }

  private List<AttachmentRow> rows() throws CairnException {
    return holdings.store().read(AttachmentRow::readAll);
  }

  private static boolean hasToGo(AttachmentRow row) {
    return !row.sent() && row.sequence() > 0;
  }

  /**
   * Sends what has still to go, one after another.
   *
   * @throws dev.cairn.client.transport.TransportException if the link dies; what arrived stays
   */
  public void send(Transport transport, SignedRequests signed, Watcher watcher)
      throws CairnException {
    AttachmentFolder folder = folder();
    for (AttachmentRow row : rows()) {
      if (!hasToGo(row) || !folder.has(row.id()) || !watcher.maySendAttachments()) {
        continue;
      }
      try {
        new TusUpload(transport, signed, holdings.identity().space())
            .send(
                row.id(),
                folder.file(row.id()),
                row.location(),
                address -> holdings.store().change(rows -> row.at(address).write(rows)),
                (bytes, total) -> watcher.onAttachment(row.id(), bytes, total));
        holdings.store().change(rows -> row.whole().write(rows));
      } catch (RefusedException refused) {
        // Its change is not in the log yet, or there is no room: it waits, and others may go.
      }
    }
  }

  /** Fetches the encrypted file of an attachment, going on where an earlier call was cut off. */
  public void fetch(AttachedFile file, SignedRequests signed) throws CairnException {
    long sizeBytes = SealedAttachment.sealedBytes(file.sizeBytes());
    new AttachmentFetch(signed, holdings.identity().space(), folder()).fetch(file.id(), sizeBytes);
    holdings
        .store()
        .change(
            rows -> {
              if (!AttachmentRow.read(rows, file.id()).isPresent()) {
                new AttachmentRow(file.id(), sizeBytes, 0, false, null).write(rows);
              }
            });
  }

  /** Decrypts an attachment whose encrypted file is here. */
  public void open(AttachedFile file, OutputStream out) throws CairnException, IOException {
    Secret key = Secret.take(file.key().reveal());
    try {
      folder().open(file.id(), key, file.sizeBytes(), out);
    } finally {
      key.wipe();
    }
  }
}
