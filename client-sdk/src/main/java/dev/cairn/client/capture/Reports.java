package dev.cairn.client.capture;

import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.HeldReading;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Message;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.RecordEntry;
import dev.cairn.client.held.WaitingContent;
import dev.cairn.client.report.OwnChange;
import dev.cairn.client.report.ReportDetail;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.SessionKeys;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a device tells its own reporter. */
public final class Reports {

  private final Holdings holdings;
  private final ContentKeeper keeper;

  /** Of this device. */
  public Reports(Holdings holdings) {
    this.holdings = holdings;
    this.keeper = new ContentKeeper(holdings);
  }

  /** See {@code Device.list}. */
  public List<ReportStatus> list() throws CairnException {
    return holdings
        .store()
        .read(
            rows -> {
              ReportStates states = new ReportStates(holdings, rows);
              List<RecordEntry> entries = RecordEntry.readAll(rows);
              entries.sort(Comparator.comparingLong(Reports::begun));
              List<ReportStatus> list = new ArrayList<>();
              for (RecordEntry entry : entries) {
                list.add(status(rows, entry, states.of(entry)));
              }
              return list;
            });
  }

  /** How many reports have changes without a receipt. */
  public int unsent() throws CairnException {
    return holdings
        .store()
        .read(
            rows -> {
              long received = Progress.read(rows).receivedThrough();
              Set<Long> files = new HashSet<>();
              for (AttachmentRow row : AttachmentRow.readAll(rows)) {
                if (row.isOwn() && !row.sent()) {
                  files.add(row.sequence());
                }
              }
              int unsent = 0;
              for (RecordEntry entry : RecordEntry.readAll(rows)) {
                if (entry.sequences().stream()
                    .anyMatch(sequence -> sequence > received || files.contains(sequence))) {
                  unsent++;
                }
              }
              return unsent;
            });
  }

  private static long begun(RecordEntry entry) {
    return entry.sequences().isEmpty() ? 0 : entry.sequences().get(0);
  }

  private static ReportStatus status(SealedRows rows, RecordEntry entry, ReportState state)
      throws CairnException {
    int withdrawn = 0;
    for (long sequence : entry.sequences()) {
      Optional<Change> change = OwnChanges.at(rows, sequence);
      withdrawn += change.isPresent() && !change.get().ciphertext().isPresent() ? 1 : 0;
    }
    return new ReportStatus(entry.record(), state, entry.sealed(), withdrawn, entry.label());
  }

  /** See {@code Device.show}. */
  public ReportDetail show(RecordId record) throws CairnException {
    return holdings
        .store()
        .read(
            rows -> {
              RecordEntry entry =
                  RecordEntry.read(rows, record)
                      .orElseThrow(
                          () -> new RefusedException("record.unknown", "no such report here"));
              ReportStates states = new ReportStates(holdings, rows);
              ReportState state = states.of(entry);
              boolean refused = state == ReportState.REFUSED || state == ReportState.QUARANTINED;
              Told told = Told.of(believed(rows, states), entry);
              return new ReportDetail(
                  status(rows, entry, state),
                  entry.kind(),
                  told.questions(),
                  told.decisions(),
                  told.withdrawals(),
                  changeIds(rows, entry),
                  entry.sealed() ? List.of() : changes(rows, entry),
                  refused
                      ? Progress.read(rows).refusal().map(Progress.Refusal::code)
                      : Optional.empty());
            });
  }

  private List<Message> believed(SealedRows rows, ReportStates states) throws CairnException {
    List<Message> believed = new ArrayList<>();
    for (Message message : Message.readAll(rows, holdings.keys())) {
      if (states.isBelieved(message.id())) {
        believed.add(message);
      }
    }
    return believed;
  }

  private static List<ChangeId> changeIds(SealedRows rows, RecordEntry entry)
      throws CairnException {
    List<ChangeId> ids = new ArrayList<>();
    for (long sequence : entry.sequences()) {
      OwnChanges.at(rows, sequence).map(Change::id).ifPresent(ids::add);
    }
    return ids;
  }

  private List<OwnChange> changes(SealedRows rows, RecordEntry entry) throws CairnException {
    List<OwnChange> changes = new ArrayList<>();
    Secret key = keeper.key(entry.record());
    for (long sequence : entry.sequences()) {
      Optional<Change> change = OwnChanges.at(rows, sequence);
      if (!change.isPresent()) {
        continue;
      }
      byte[] content = key == null ? null : WaitingContent.read(rows, sequence, key);
      if (content != null) {
        changes.add(new OwnChange(change.get().id(), Operations.readAll(CborReader.of(content))));
      } else {
        opened(rows, change.get())
            .ifPresent(operations -> changes.add(new OwnChange(change.get().id(), operations)));
      }
    }
    if (key != null) {
      key.wipe();
    }
    return changes;
  }

  /** What a desk reads through its circle. */
  private Optional<List<Operation>> opened(SealedRows rows, Change change) throws CairnException {
    Optional<SessionKeys> keys = holdings.sessions().keys(rows, change);
    if (!keys.isPresent() || !change.ciphertext().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(keys.get().open(change).body().operations());
  }

  /** See {@code Device.dismiss}: the keys of the messages first, then their rows. */
  public void dismiss(RecordId record) throws CairnException {
    List<Message> messages = new ArrayList<>();
    for (Message message :
        holdings.store().<List<Message>>read(rows -> Message.readAll(rows, holdings.keys()))) {
      if (message.record().equals(record)) {
        messages.add(message);
      }
    }
    List<KeyName> names = new ArrayList<>();
    messages.forEach(message -> names.add(WaitingContent.keyName(message.id())));
    holdings.keys().destroy(names);
    holdings
        .store()
        .change(
            rows -> {
              for (Message message : messages) {
                message.delete(rows);
              }
              Optional<RecordEntry> entry = RecordEntry.read(rows, record);
              if (entry.isPresent()) {
                entry.get().settled(entry.get().unanswered()).write(rows);
              }
            });
  }

  /** See {@code Device.find}. */
  public RecordId find(String hexPrefix) throws CairnException {
    String typed = hexPrefix.trim().toLowerCase(Locale.ROOT);
    if (typed.isEmpty()) {
      throw new RefusedException("record.unknown", "no record is named");
    }
    Set<RecordId> found = new TreeSet<>();
    for (RecordEntry entry : holdings.store().<List<RecordEntry>>read(RecordEntry::readAll)) {
      found.add(entry.record());
    }
    if (holdings.opensOthers()) {
      HeldReading.visit(
          holdings, held -> held.opened().ifPresent(opened -> found.add(opened.record())));
    }
    found.removeIf(record -> !record.toString().startsWith(typed));
    if (found.isEmpty()) {
      throw new RefusedException("record.unknown", "no record's id begins so");
    }
    if (found.size() > 1) {
      throw new RefusedException("record.ambiguous", "several records' ids begin so");
    }
    return found.iterator().next();
  }
}
