package dev.cairn.client.intake;

import dev.cairn.client.held.ClockRow;
import dev.cairn.client.held.HeardChange;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Message;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.RecordEntry;
import dev.cairn.client.held.UnknownHeads;
import dev.cairn.client.held.WaitingContent;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Opened;
import dev.cairn.protocol.feed.SessionKeys;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens what came in, as far as this device must know it at once: clocks, so that what it writes
 * next comes after; and, of what coordinators address to this device itself, questions, decisions,
 * reviews, withdrawals and confirmations.
 */
final class Inbox {

  private final Holdings holdings;
  private final SealedRows rows;
  private Progress progress;
  private long clock;

  Inbox(Holdings holdings, SealedRows rows) throws CairnException {
    this.holdings = holdings;
    this.rows = rows;
    this.progress = Progress.read(rows);
    this.clock = ClockRow.read(rows);
  }

  void open(Change change, RosterState roster) throws CairnException {
    if (isForThisDevice(change)) {
      HeardChange.write(rows, change.id(), change.prefix());
    }
    if (change.opensSession()) {
      Optional<SessionKeys> keys = holdings.sessions().open(rows, change);
      if (keys.isPresent()) {
        holdings.sessions().write(rows, change, keys.get());
      }
      return;
    }
    if (!change.ciphertext().isPresent()) {
      return;
    }
    Optional<SessionKeys> keys = holdings.sessions().keys(rows, change);
    if (!keys.isPresent()) {
      return;
    }
    try {
      opened(change, keys.get().open(change), roster);
    } catch (UndecryptableException | MalformedException | TooNewException e) {
      // It is kept as it is; whoever reads it is told that it does not open.
      return;
    }
  }

  private void opened(Change change, Opened opened, RosterState roster) throws CairnException {
    clock = ClockRow.follow(clock, opened.body().clock(), holdings.host());
    DeviceId from = change.prefix().device();
    if (!isForThisDevice(change) || !roster.mayDecide(from)) {
      return;
    }
    RecordEntry entry = RecordEntry.read(rows, opened.record()).orElse(null);
    List<Operation> told = new ArrayList<>();
    boolean seen = false;
    for (Operation operation : opened.body().operations()) {
      if (operation instanceof Operation.Confirm confirm) {
        confirmed(change, confirm);
      } else if (entry != null && operation instanceof Operation.Ask ask) {
        told.add(ask);
        entry = entry.asked(change.id());
      } else if (entry != null && (isDecision(operation) || withdraws(change, operation))) {
        told.add(operation);
      } else if (entry != null && operation instanceof Operation.Review review) {
        entry = entry.reviewed(new RecordEntry.Review(review.state().code(), change.id()));
        seen = true;
      }
    }
    if (!told.isEmpty()) {
      keep(new Message(change.id(), opened.record(), from, opened.body().clock(), told));
    }
    if (entry != null && (seen || !told.isEmpty())) {
      entry.saw(change.id(), opened.body().parents()).write(rows);
    }
  }

  boolean isForThisDevice(Change change) {
    return !change.prefix().device().equals(holdings.device())
        && change.prefix().audience().circles().contains(holdings.identity().ownCircle());
  }

  private static boolean isDecision(Operation operation) {
    return operation instanceof Operation.Decide || operation instanceof Operation.UndoDecision;
  }

  private static boolean withdraws(Change change, Operation operation) {
    return operation instanceof Operation.Erase erase
        && change.prefix().erases().equals(Optional.of(erase.erased()));
  }

  private void keep(Message message) throws CairnException {
    Secret key = Secret.random(WaitingContent.KEY_BYTES, holdings.host().randomness());
    // The key is durable before the row: a crash between leaves a key to nothing.
    holdings.keys().add(Map.of(WaitingContent.keyName(message.id()), key));
    message.write(rows, key, holdings.host().randomness());
    key.wipe();
  }

  private void confirmed(Change word, Operation.Confirm confirm) throws CairnException {
    if (!confirm.device().equals(holdings.device())) {
      return;
    }
    DeviceId by = word.prefix().device();
    Optional<Progress.Opening> opening = UnknownHeads.opening(rows, by, word.id(), confirm);
    if (opening.isPresent()) {
      progress = progress.opened(by, opening.get());
    }
  }

  /**
   * Ends the batch.
   *
   * @param ownFeedGrew whether it held changes of this device that this store did not know
   */
  void finish(boolean ownFeedGrew) throws CairnException {
    if (ownFeedGrew) {
      progress = UnknownHeads.heard(rows, holdings.device(), progress);
    }
    progress.write(rows);
    ClockRow.write(rows, clock);
  }
}
