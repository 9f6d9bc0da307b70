package dev.cairn.client.check;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Message;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.RecordEntry;
import dev.cairn.client.held.SealingIntent;
import dev.cairn.client.held.WaitingContent;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.suite.Secret;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reports: their changes are there, what waits can be opened, what is sealed cannot. */
final class RecordCheck {

  private final Holdings holdings;
  private final Fsck fsck;
  private final Set<KeyName> used = new HashSet<>();

  RecordCheck(Holdings holdings, Fsck fsck) {
    this.holdings = holdings;
    this.fsck = fsck;
  }

  void check(SealedRows rows) throws CairnException {
    List<RecordEntry> entries = RecordEntry.readAll(rows);
    for (RecordEntry entry : entries) {
      checkOne(rows, entry);
    }
    fsck.checked("records", entries.size());
    Set<ChangeId> messages = Message.ids(rows);
    fsck.checked("messages", messages.size());
    for (ChangeId message : messages) {
      KeyName name = WaitingContent.keyName(message);
      used.add(name);
      if (!holdings.keys().has(name)) {
        fsck.problem("key.missing", "question " + message);
      }
    }
    for (KeyName name : holdings.keys().names()) {
      // Of reports that a full disk or a crash kept from being written: harmless, and destroyed as
      // soon as there is room for it.
      fsck.checked("keys_left", WaitingContent.isNamed(name) && !used.contains(name) ? 1 : 0);
    }
    fsck.checked("keys", holdings.keys().names().size());
  }

  /** Whether content waits that no key opens: an older key ring, or none. */
  private boolean isKeyMissing(SealedRows rows, RecordEntry entry) throws CairnException {
    SealMode mode = holdings.identity().sealMode();
    if (holdings.keys().has(WaitingContent.keyName(mode, entry.record()))
        || SealingIntent.read(rows).contains(entry.record())) {
      return false; // Destroyed on purpose, perhaps: a full disk can keep that from being said.
    }
    for (long sequence : entry.sequences()) {
      if (rows.has(Table.CONTENT, sequence)) {
        return true;
      }
    }
    return false;
  }

  private void checkOne(SealedRows rows, RecordEntry entry) throws CairnException {
    String where = "record " + entry.record();
    KeyName name = WaitingContent.keyName(entry.record());
    Secret key = holdings.keys().get(name);
    if (entry.sealed() && key != null) {
      fsck.problem("key.undestroyed", where);
    }
    if (!entry.sealed()) {
      used.add(name);
    }
    if (!entry.sealed() && isKeyMissing(rows, entry)) {
      fsck.problem("keys.missing", where);
    }
    for (long sequence : entry.sequences()) {
      if (!OwnChanges.at(rows, sequence).isPresent()) {
        fsck.problem("record.change", where);
      }
      if (key != null) {
        WaitingContent.read(rows, sequence, key);
      } else if (entry.sealed() && rows.get(Table.CONTENT, sequence) != null) {
        fsck.problem("record.content", where);
      }
    }
    if (key != null) {
      key.wipe();
    }
  }
}
