package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import java.util.Collections;
import java.util.OptionalLong;

/**
 * What this store keeps beside the body of an erased change and has to let go with it: what its own
 * reporter could still look at, what he was told, and files that nothing else names.
 */
final class ErasedBody {

  private static final int OWN_BATCH = 512;

  private ErasedBody() {}

  /** Removes what was kept beside the body of a change, which itself goes in this transaction. */
  static void drop(SealedRows rows, Change erased) throws CairnException {
    OptionalLong own = OwnChanges.sequence(rows, erased.id());
    if (own.isPresent() && rows.has(Table.CONTENT, own.getAsLong())) {
      rows.destroys(Table.CONTENT, own.getAsLong());
      rows.delete(Table.CONTENT, own.getAsLong());
    }
    for (AttachmentRef file : erased.prefix().attachments()) {
      if (AttachmentRow.read(rows, file.id()).isPresent()
          && !isNamedElsewhere(rows, erased.id(), file.id())) {
        // The file itself goes when the transaction is durable, and at the latest at the next open.
        rows.delete(Table.ATTACHMENT, file.id().bytes());
      }
    }
  }

  /**
   * Forgets what a coordinator told this device in a change: its key goes once nothing needs it.
   */
  static void forgetMessage(SealedRows rows, ChangeId erased) throws CairnException {
    if (rows.get(Table.MESSAGE, erased.bytes()) != null) {
      rows.destroys(Table.MESSAGE, erased.bytes());
      rows.delete(Table.MESSAGE, erased.bytes());
    }
    if (rows.get(Table.HEARD, erased.bytes()) == null) {
      return;
    }
    for (RecordEntry entry : RecordEntry.readAll(rows)) {
      boolean asked = entry.unanswered().contains(erased);
      boolean reviewed = entry.review().map(word -> word.word().equals(erased)).orElse(false);
      if (asked || reviewed) {
        RecordEntry left = entry.settled(Collections.singleton(erased));
        (reviewed ? left.reviewed(null) : left).write(rows);
      }
    }
  }

  private static boolean isNamedElsewhere(SealedRows rows, ChangeId erased, AttachmentId file)
      throws CairnException {
    boolean[] named = {false};
    long next = 0;
    while (next >= 0 && !named[0]) {
      long after = -1;
      for (Change own : OwnChanges.from(rows, next, OWN_BATCH)) {
        named[0] |= names(own, erased, file);
        after = own.prefix().sequence() + 1;
      }
      next = after;
    }
    if (!named[0]) {
      OthersChanges.scan(
          rows,
          0,
          change -> {
            named[0] = names(change, erased, file);
            return !named[0];
          });
    }
    return named[0];
  }

  private static boolean names(Change change, ChangeId erased, AttachmentId file) {
    return change.ciphertext().isPresent()
        && !change.id().equals(erased)
        && change.prefix().attachments().stream().anyMatch(ref -> ref.id().equals(file));
  }
}
