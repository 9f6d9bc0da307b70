package dev.cairn.client.capture;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Message;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.RecordEntry;
import dev.cairn.client.held.SealingIntent;
import dev.cairn.client.held.WaitingContent;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.Table;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Seals reports: first says of which it is about to destroy the key, then destroys it, then says
 * that they are sealed. If the last step is cut off, the next open takes it; the other way round a
 * report could call itself sealed and still be opened. A key that is missing without having been
 * named so was not destroyed by this device, and seals nothing.
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
    Set<RecordId> begun = holdings.store().read(SealingIntent::read);
    List<RecordEntry> ready = new ArrayList<>();
    List<KeyName> names = new ArrayList<>();
    for (RecordEntry entry : entries) {
      KeyName name = WaitingContent.keyName(entry.record());
      if (!entry.sealed()
          && isReceived(entry, received)
          && (holdings.keys().has(name) || begun.contains(entry.record()) || isBare(entry))) {
        ready.add(entry);
        names.add(name);
      }
    }
    if (!ready.isEmpty()) {
      List<RecordId> records = new ArrayList<>();
      ready.forEach(entry -> records.add(entry.record()));
      holdings.store().change(rows -> SealingIntent.write(rows, records));
      holdings.keys().destroy(names);
      mark(ready);
    }
    destroyLeftovers(entries);
  }

  /** Whether nothing of it waits here that a key could open. */
  private boolean isBare(RecordEntry entry) throws CairnException {
    return holdings
        .store()
        .read(
            rows -> {
              boolean bare = true;
              for (long sequence : entry.sequences()) {
                bare &= !rows.has(Table.CONTENT, sequence);
              }
              return bare;
            });
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
              SealingIntent.write(rows, List.of());
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
    Set<RecordId> begun = holdings.store().read(SealingIntent::read);
    List<RecordEntry> cutOff = new ArrayList<>();
    for (RecordEntry entry : entries) {
      if (!entry.sealed()
          && begun.contains(entry.record())
          && !holdings.keys().has(WaitingContent.keyName(entry.record()))) {
        cutOff.add(entry);
      }
    }
    if (!begun.isEmpty()) {
      mark(cutOff);
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
