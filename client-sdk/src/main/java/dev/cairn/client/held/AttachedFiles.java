package dev.cairn.client.held;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.attachment.SealedAttachment;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What changes that open here say of attachments. */
public final class AttachedFiles {

  private AttachedFiles() {}

  /** What one change says, in its order; nothing if it does not open. */
  public static List<AttachedFile> of(HeldChange held) {
    List<AttachedFile> files = new ArrayList<>();
    held.opened()
        .ifPresent(
            opened ->
                opened
                    .body()
                    .operations()
                    .forEach(
                        operation -> {
                          if (operation instanceof Operation.Attach attach) {
                            files.add(attach.file());
                          }
                        }));
    return files;
  }

  /**
   * Whether a change names a file to the server too, by its right size: else no server has it, and
   * nobody can be blamed but its author.
   */
  public static boolean isNamed(HeldChange held, AttachedFile file) {
    return file.sizeBytes() <= Limits.ATTACHMENT_SIZE_BYTES_MAX
        && held.change()
            .prefix()
            .attachments()
            .contains(new AttachmentRef(file.id(), SealedAttachment.sealedBytes(file.sizeBytes())));
  }

  /**
   * What is said of one attachment, by whom it was named first. Anybody who coordinates may name
   * what he did not attach, with another key or size: which is right shows when it opens.
   *
   * @throws RefusedException {@code attachment.unknown}
   */
  public static List<AttachedFile> find(Holdings holdings, AttachmentId attachment)
      throws CairnException {
    Set<AttachedFile> found = new LinkedHashSet<>();
    HeldReading.visit(
        holdings,
        held ->
            of(held).stream()
                .filter(file -> file.id().equals(attachment))
                .filter(file -> file.sizeBytes() <= Limits.ATTACHMENT_SIZE_BYTES_MAX)
                .forEach(found::add));
    if (found.isEmpty()) {
      throw new RefusedException("attachment.unknown", "no change here names this attachment");
    }
    return new ArrayList<>(found);
  }
}
