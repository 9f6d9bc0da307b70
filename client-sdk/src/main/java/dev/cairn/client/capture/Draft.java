package dev.cairn.client.capture;

import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change as it is wanted, before it has a place and a key.
 *
 * @param recordOrNull what it is about; null opens a record
 * @param kind the record's kind
 * @param parents what was seen of the record, ascending
 * @param audience whom it is for
 * @param operations what it states
 * @param attachments the encrypted files it speaks of
 * @param erasesOrNull the change whose body it withdraws
 * @param labelOrNull the reporter's words for a record it opens
 * @param reported whether the record belongs to the list of this device's reports
 */
record Draft(
    @Nullable RecordId recordOrNull,
    long kind,
    List<ChangeId> parents,
    Audience audience,
    List<Operation> operations,
    List<AttachmentRef> attachments,
    @Nullable ChangeId erasesOrNull,
    @Nullable String labelOrNull,
    boolean reported) {

  Draft {
    parents = List.copyOf(parents);
    operations = List.copyOf(operations);
    attachments = List.copyOf(attachments);
  }

  Optional<RecordId> record() {
    return Optional.ofNullable(recordOrNull);
  }

  /** Tells how much, never what. */
  @Override
  public String toString() {
    return "draft of " + operations.size() + " operations";
  }
}
