package dev.cairn.client.capture;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Message;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.RecordEntry;
import dev.cairn.client.held.WaitingContent;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.Table;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Seals reports: first destroys the key of what was kept, then says so. If the second step is cut
 * off, the next open takes it; the other way round a report could call itself sealed and still be
 * opened.
 */
public final class Sealing {

  private final Holdings holdings;

  /** Seals for this device. */
  public Sealing(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Seals what has receipts for all of it, where this device seals on receipt. */
  public void sealReceived() throws CairnException {
    if (holdings.identity().sealMode() != SealMode.ON_RECEIPT || holdings.isDesk()) {
      return;
    }
    List<RecordEntry> entries = holdings.store().read(RecordEntry::readAll);
    long received = holdings.store().read(Progress::read).receivedThrough();
    List<RecordEntry> ready = new ArrayList<>();
    List<KeyName> names = new ArrayList<>();
    for (RecordEntry entry : entries) {
      if (!entry.sealed() && isReceived(entry, received)) {
        ready.add(entry);
        names.add(WaitingContent.keyName(entry.record()));
      }
    }
    if (!ready.isEmpty()) {
      holdings.keys().destroy(names);
      mark(ready);
    }
    destroyLeftovers(entries);
  }

  private static boolean isReceived(RecordEntry entry, long received) {
    return entry.sequences().stream().allMatch(sequence -> sequence <= received);
  }

  private void mark(List<RecordEntry> entries) throws CairnException {
    holdings
        .store()
        .change(
            rows -> {
              for (RecordEntry entry : entries) {
                for (long sequence : entry.sequences()) {
                  rows.delete(Table.CONTENT, sequence);
                }
                entry.sealed(true).write(rows);
              }
            });
  }

  /**
   * Finishes what a crash cut off, and removes keys that belong to nothing. On a full disk that
   * waits for the next time: what is there must stay readable, and be there to be wiped.
   */
  public void repair() throws CairnException {
    try {
      finish();
    } catch (StoreException e) {
      if (e.reason() != StoreException.Reason.FULL) {
        throw e;
      }
    }
  }

  private void finish() throws CairnException {
    List<RecordEntry> entries = holdings.store().read(RecordEntry::readAll);
    if (holdings.identity().sealMode() == SealMode.ON_RECEIPT && !holdings.isDesk()) {
      List<RecordEntry> cutOff = new ArrayList<>();
      for (RecordEntry entry : entries) {
        if (!entry.sealed() && !holdings.keys().has(WaitingContent.keyName(entry.record()))) {
          cutOff.add(entry);
        }
      }
      if (!cutOff.isEmpty()) {
        mark(cutOff);
      }
    }
    destroyLeftovers(entries);
    sealReceived();
  }

  private void destroyLeftovers(List<RecordEntry> entries) throws CairnException {
    Set<KeyName> used = new HashSet<>();
    entries.forEach(entry -> used.add(WaitingContent.keyName(entry.record())));
    Set<ChangeId> messages = holdings.store().read(Sealing::messages);
    messages.forEach(message -> used.add(WaitingContent.keyName(message)));
    List<KeyName> left = new ArrayList<>();
    for (KeyName name : holdings.keys().names()) {
      if (WaitingContent.isNamed(name) && !used.contains(name)) {
        left.add(name);
      }
    }
    holdings.keys().destroy(left);
  }

  private static Set<ChangeId> messages(SealedRows rows) throws CairnException {
    return Message.ids(rows);
  }
}
