package dev.cairn.client.attachment;

import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The attachments of one device: made, sent, fetched, opened. */
public final class Attachments {

  private static final int KEY_BYTES = 32;

  private final Holdings holdings;
  private final AttachmentFetching fetching;

  /** Of this device. */
  public Attachments(Holdings holdings) {
    this.holdings = holdings;
    this.fetching = new AttachmentFetching(holdings);
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

  /** Removes files that a crash or an erasure left and no change names. */
  public void repair() throws CairnException {
    Path folder = holdings.folder().attachmentsIfMade();
    if (Files.isDirectory(folder)) {
      Set<AttachmentId> named = new HashSet<>();
      rows().forEach(row -> named.add(row.id()));
      new AttachmentFolder(folder).removeLeft(named);
    }
  }

  /**
   * Removes files of what was withdrawn. One that cannot be removed now goes at the next {@link
   * #repair}: what the caller is to hear of is something else.
   */
  public void removeErased() {
    try {
      repair();
    } catch (CairnException left) {
      return;
    }
  }

  /** Hears how attachments travel, and says whether they may. */
  public interface Watcher {
    /** More of an encrypted file has arrived at the server. */
    void onAttachment(AttachmentId attachment, long sentBytes, long totalBytes);

    /** The server had a file and cannot show it now: it is sent again. */
    void onAttachmentLost(AttachmentId attachment);

    /** More of an encrypted file has arrived here. */
    void onAttachmentFetched(AttachmentId attachment, long arrivedBytes, long totalBytes);

    /** Whether attachments may travel now: on this network, at this time. */
    boolean maySendAttachments();
  }

  /** How many have still to go. */
  public int waiting() throws CairnException {
    return (int) rows().stream().filter(row -> row.isOwn() && !row.sent()).count();
  }

  private List<AttachmentRow> rows() throws CairnException {
    return holdings.store().read(AttachmentRow::readAll);
  }

  /**
   * Sends what has still to go, and asks after what no coordinator has confirmed; a server that was
   * replaced or restored is asked for all that is here, and given what it lacks.
   *
   * @return why files that have to go did not
   * @throws dev.cairn.client.transport.TransportException if the link dies; what arrived stays
   */
  public List<AttachmentTrouble> send(Transport transport, SignedRequests signed, Watcher watcher)
      throws CairnException {
    List<AttachmentTrouble> troubles = new ArrayList<>();
    if (rows().stream().anyMatch(AttachmentRow::isOwn)) {
      troubles.addAll(new AttachmentSending(holdings, folder(), transport, signed, watcher).run());
    }
    if (!rows().isEmpty()) {
      troubles.addAll(new AttachmentRefill(holdings, folder(), transport, signed, watcher).run());
    }
    return troubles;
  }

  /**
   * Fetches files that others attached and opens each once, one after another; those that are here
   * are not fetched again.
   *
   * @param sealedBytesMax the largest encrypted file that is fetched
   * @return why the others did not come
   * @throws dev.cairn.client.transport.TransportException if the link dies; go on later
   */
  public List<AttachmentTrouble> fetchAll(
      Collection<AttachedFile> files, SignedRequests signed, Watcher watcher, long sealedBytesMax)
      throws CairnException {
    return fetching.all(files, signed, watcher, sealedBytesMax);
  }

  /**
   * Fetches one file, whatever its size, going on where an earlier call was cut off.
   *
   * @param namings what is said of it, at least one
   */
  public void fetch(List<AttachedFile> namings, SignedRequests signed, Watcher watcher)
      throws CairnException {
    fetching.one(namings, signed, watcher);
  }

  /** Whether a file is here, and opened once if it is somebody else's. */
  public boolean isHeld(AttachmentId id) throws CairnException {
    return holdings.store().read(rows -> fetching.isHeld(rows, id));
  }

  /**
   * Decrypts an attachment whose encrypted file is here.
   *
   * @param namings what is said of it, at least one; nothing is written for those that are wrong
   */
  public void open(List<AttachedFile> namings, OutputStream out)
      throws CairnException, IOException {
    AttachedFile file = fetching.opening(namings);
    Secret key = Secret.take(file.key().reveal());
    try {
      folder().open(file.id(), key, file.sizeBytes(), out);
    } finally {
      key.wipe();
    }
  }
}
