package dev.cairn.client.attachment;

import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.attachment.SealedAttachment;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches files that others attached, and opens each once: what is fetched is what its change
 * names, or it is not kept.
 */
final class AttachmentFetching {

  private static final String INCOMPLETE = "attachment.incomplete";

  private final Holdings holdings;

  /** By the size too: whoever names a file with a wrong one must not keep it from being fetched. */
  private final Set<AttachmentRef> damaged = new HashSet<>();

  AttachmentFetching(Holdings holdings) {
    this.holdings = holdings;
  }

  /**
   * Fetches those that are not here, one after another.
   *
   * @param sealedBytesMax the largest encrypted file that is fetched
   * @return why the others did not come
   */
  List<AttachmentTrouble> all(
      Collection<AttachedFile> files,
      SignedRequests signed,
      Attachments.Watcher watcher,
      long sealedBytesMax)
      throws CairnException {
    List<AttachmentTrouble> troubles = new ArrayList<>();
    Set<AttachmentId> notNow = new HashSet<>();
    for (AttachedFile file : smallestFirst(files)) {
      AttachmentId id = file.id();
      if (notNow.contains(id) || holdings.store().read(rows -> isHeld(rows, id))) {
        continue;
      }
      if (file.sizeBytes() > Limits.ATTACHMENT_SIZE_BYTES_MAX
          || SealedAttachment.sealedBytes(file.sizeBytes()) > sealedBytesMax) {
        troubles.add(AttachmentTrouble.noted(id, "it is larger than is fetched unasked"));
      } else if (damaged.contains(ref(file))) {
        // A file of gigabytes is not fetched again and again by one process.
        troubles.add(AttachmentTrouble.of(id, AttachmentFetch.damaged()));
      } else {
        boolean largerToo =
            files.stream()
                .anyMatch(
                    other ->
                        isLarger(other, file)
                            && SealedAttachment.sealedBytes(other.sizeBytes()) <= sealedBytesMax
                            && !damaged.contains(ref(other)));
        if (!attempt(file, largerToo, signed, watcher, troubles)) {
          notNow.add(id);
        }
      }
    }
    return troubles;
  }

  /** What is said of one file together: what is fetched for a smaller size serves the larger. */
  private static List<AttachedFile> smallestFirst(Collection<AttachedFile> files) {
    Map<AttachmentId, List<AttachedFile>> byId = new LinkedHashMap<>();
    for (AttachedFile file : files) {
      byId.computeIfAbsent(file.id(), any -> new ArrayList<>()).add(file);
    }
    List<AttachedFile> all = new ArrayList<>();
    for (List<AttachedFile> namings : byId.values()) {
      namings.sort(Comparator.comparingLong(AttachedFile::sizeBytes));
      all.addAll(namings);
    }
    return all;
  }

  /** Whether another naming of the same file states a larger size, as large as one may be. */
  private static boolean isLarger(AttachedFile other, AttachedFile file) {
    return other.id().equals(file.id())
        && other.sizeBytes() > file.sizeBytes()
        && other.sizeBytes() <= Limits.ATTACHMENT_SIZE_BYTES_MAX;
  }

  private static AttachmentRef ref(AttachedFile file) {
    return new AttachmentRef(file.id(), SealedAttachment.sealedBytes(file.sizeBytes()));
  }

  /**
   * Fetches a file by one naming.
   *
   * @return whether another may bring what this one did not. What keeps the file itself from coming
   *     keeps it from coming by any other, and to find no room for a larger size would cost what
   *     came of it
   */
  private boolean attempt(
      AttachedFile file,
      boolean largerToo,
      SignedRequests signed,
      Attachments.Watcher watcher,
      List<AttachmentTrouble> troubles)
      throws CairnException {
    AttachmentId id = file.id();
    try {
      one(file, largerToo, signed, watcher);
      return true;
    } catch (RefusedException refused) {
      boolean isDamaged = refused.code().equals(AttachmentTrouble.DAMAGED);
      if (isDamaged) {
        damaged.add(ref(file));
      }
      troubles.add(
          refused.code().equals(INCOMPLETE)
              ? AttachmentTrouble.noted(id, "it has not arrived at the server")
              : AttachmentTrouble.of(id, refused));
      return isDamaged;
    } catch (StoreException failed) {
      if (failed.reason() == Reason.FULL) {
        // Reports go first: what came of it may not keep them from being written.
        remove(id);
      }
      troubles.add(AttachmentTrouble.of(id, failed));
      return false;
    } catch (UndecryptableException | MalformedException wrong) {
      boolean isWhole = folder().isWhole(id);
      if (!isWhole) {
        folder().remove(id);
      }
      troubles.add(
          AttachmentTrouble.noted(
              id,
              isWhole
                  ? "it is here, and does not open with its author's key"
                  : "it was damaged here; it is fetched again"));
      return true;
    }
  }

  /**
   * Fetches a file, going on where an earlier call was cut off, and opens it.
   *
   * @param namings what is said of it, at least one; one that is wrong does not keep it from coming
   * @throws UndecryptableException if it is the file that its change names, and does not open
   */
  void one(List<AttachedFile> namings, SignedRequests signed, Attachments.Watcher watcher)
      throws CairnException {
    List<AttachedFile> left = smallestFirst(namings);
    AttachedFile last = left.remove(left.size() - 1);
    for (AttachedFile file : left) {
      try {
        one(file, isLarger(last, file), signed, watcher);
        return;
      } catch (RefusedException refused) {
        if (!refused.code().equals(AttachmentTrouble.DAMAGED)) {
          throw refused;
        }
      } catch (UndecryptableException | MalformedException wrong) {
        // Another may have named it with its key.
      }
    }
    one(last, false, signed, watcher);
  }

  private void one(
      AttachedFile file, boolean largerToo, SignedRequests signed, Attachments.Watcher watcher)
      throws CairnException {
    long sealedBytes = SealedAttachment.sealedBytes(file.sizeBytes());
    // The row first: a file that nothing names would not outlive the next start.
    note(file.id(), sealedBytes, false);
    new AttachmentFetch(signed, holdings.identity().space(), folder())
        .fetch(
            file.id(),
            sealedBytes,
            largerToo,
            arrived -> watcher.onAttachmentFetched(file.id(), arrived, sealedBytes));
    open(file);
    note(file.id(), sealedBytes, true);
  }

  private void note(AttachmentId id, long sealedBytes, boolean opened) throws CairnException {
    holdings
        .store()
        .change(
            rows -> {
              Optional<AttachmentRow> row = AttachmentRow.read(rows, id);
              if (!row.isPresent() || (opened && !row.get().isOwn())) {
                new AttachmentRow(id, sealedBytes, 0, opened, null).write(rows);
              }
            });
  }

  /** The first of these with which a file that is here opens; the first of all if none does. */
  AttachedFile opening(List<AttachedFile> namings) throws CairnException {
    for (AttachedFile file : namings) {
      try {
        if (namings.size() > 1) {
          open(file);
        }
        return file;
      } catch (UndecryptableException | MalformedException wrong) {
        // Anybody may have named it with another key.
      }
    }
    return namings.get(0);
  }

  private void open(AttachedFile file) throws CairnException {
    Sha256 content = new Sha256();
    OutputStream hashing =
        new OutputStream() {
          @Override
          public void write(int single) {
            content.update(new byte[] {(byte) single}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            content.update(bytes, offset, length);
          }
        };
    Secret key = Secret.take(file.key().reveal());
    try {
      folder().open(file.id(), key, file.sizeBytes(), hashing);
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "reading an attachment failed", e);
    } finally {
      key.wipe();
    }
    if (!Arrays.equals(content.digest().bytes(), file.sha256().value())) {
      throw new UndecryptableException();
    }
  }

  /** Whether a file is here, and opened once if it is somebody else's. */
  boolean isHeld(SealedRows rows, AttachmentId id) throws CairnException {
    Optional<AttachmentRow> row = AttachmentRow.read(rows, id);
    return row.isPresent()
        && (row.get().isOwn() || row.get().sent())
        && Files.exists(holdings.folder().attachmentsIfMade().resolve(id.toString()));
  }

  /** A disk that has no room for the folder itself has nothing to give back. */
  private void remove(AttachmentId id) throws CairnException {
    new AttachmentFolder(holdings.folder().attachmentsIfMade()).remove(id);
  }

  private AttachmentFolder folder() throws CairnException {
    return new AttachmentFolder(holdings.folder().attachments());
  }
}
