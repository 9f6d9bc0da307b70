package dev.cairn.client.capture;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.RecordEntry;
import dev.cairn.client.held.SealingIntent;
import dev.cairn.client.held.WaitingContent;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what unsealed reports state, so that their reporter can look at them: under one key for
 * each record, or, where nothing is ever sealed, one key for all. A desk keeps nothing here: it
 * reads its own changes like everybody's.
 */
final class ContentKeeper {

  private final Holdings holdings;

  ContentKeeper(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Content on its way into rows. */
  static final class Kept {
    private final List<Long> sequences = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();
    private final List<Secret> keys = new ArrayList<>();
    private final Collection<Secret> owned = new ArrayList<>();
    private final Set<KeyName> fresh = new HashSet<>();

    void wipe() {
      owned.forEach(Secret::wipe);
    }
  }

  boolean sealsAtOnce() {
    return holdings.identity().sealMode() == SealMode.ON_SAVE;
  }

  private boolean keepsNothing() {
    return sealsAtOnce() || holdings.isDesk();
  }

  /** The name of the key under which a record's content is kept. */
  KeyName keyName(RecordId record) {
    return WaitingContent.keyName(holdings.identity().sealMode(), record);
  }

  /** Makes the keys durable and prepares the content. */
  Kept begin(Map<RecordId, RecordEntry> entries, List<Draft> drafts, List<Written> written)
      throws CairnException {
    Kept kept = new Kept();
    if (keepsNothing()) {
      return kept;
    }
    Map<KeyName, Secret> byName = new HashMap<>();
    Map<KeyName, Secret> fresh = new HashMap<>();
    for (int i = 0; i < drafts.size(); i++) {
      RecordEntry entry = entries.get(written.get(i).record());
      if (entry == null || entry.sealed()) {
        continue;
      }
      KeyName name = keyName(entry.record());
      Secret key = byName.get(name);
      if (key == null) {
        key = holdings.keys().get(name);
        long sequence = written.get(i).change().prefix().sequence();
        if (key == null && entry.sequences().get(0) < sequence && !fresh.containsKey(name)) {
          continue; // A second key under its name would hide that the first one is missing.
        }
        if (key == null) {
          key = Secret.random(WaitingContent.KEY_BYTES, holdings.host().randomness());
          fresh.put(name, key);
        }
        byName.put(name, key);
        kept.owned.add(key);
      }
      kept.sequences.add(written.get(i).change().prefix().sequence());
      kept.contents.add(encode(drafts.get(i).operations()));
      kept.keys.add(key);
    }
    holdings.keys().add(fresh);
    kept.fresh.addAll(fresh.keySet());
    return kept;
  }

  /**
   * Destroys keys whose content did not become durable. Where that cannot be known, or fails too,
   * the next open does it: a key to nothing does no harm, content without its key is lost.
   */
  void abandon(Kept kept, CairnException failure) {
    kept.wipe();
    if (failure instanceof StoreException store && store.reason() != Reason.FULL) {
      return;
    }
    try {
      holdings.keys().destroy(kept.fresh);
    } catch (StoreException left) {
      failure.addSuppressed(left);
    }
  }

  /**
   * Whether the key of what a record says was destroyed, and a crash or a full disk kept that from
   * being said: no second key may be made under its name.
   */
  boolean lostKey(SealedRows rows, RecordEntry entry) throws CairnException {
    return !keepsNothing()
        && !entry.sealed()
        && !holdings.keys().has(keyName(entry.record()))
        && SealingIntent.read(rows).contains(entry.record());
  }

  private static byte[] encode(List<Operation> operations) {
    CborWriter writer = new CborWriter();
    Operations.writeAll(operations, writer);
    return writer.toBytes();
  }

  void write(SealedRows rows, Kept kept) throws CairnException {
    for (int i = 0; i < kept.sequences.size(); i++) {
      WaitingContent.write(
          rows,
          kept.sequences.get(i),
          kept.contents.get(i),
          kept.keys.get(i),
          holdings.host().randomness());
    }
  }

  /** The key of a record's content, or null once it is sealed; the caller's to wipe. */
  @Nullable Secret key(RecordId record) {
    return holdings.keys().get(keyName(record));
  }
}
