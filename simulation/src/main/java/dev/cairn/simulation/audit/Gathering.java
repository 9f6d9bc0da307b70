package dev.cairn.simulation.audit;

import dev.cairn.client.Device;
import dev.cairn.client.held.WaitingContent;
import dev.cairn.client.report.ReportDetail;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.report.SealMode;
import dev.cairn.desk.Desk;
import dev.cairn.desk.merged.MergedRecords;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Opened;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.server.ServerMachine;
import java.util.HashSet;

/** Takes down what machines hold and show. The only part of the auditor that calls the product. */
final class Gathering {

  private Gathering() {}

  /** What an honest person's machine holds and shows. */
  static HolderFact of(Machine machine) throws CairnException {
    Device device = machine.device();
    HolderFact holder = new HolderFact(machine.name(), machine.id(), machine.coordinates());
    device.openedChanges(
        held -> {
          Opened opened = held.opened().orElse(null);
          holder.add(
              new HeldFact(
                  ChangeFact.read(held.change().payload()),
                  held.change().ciphertext().isPresent(),
                  opened == null ? null : spoken(opened),
                  held.unopened().map(Enum::name).orElse("")));
        });
    RosterState roster = device.roster();
    roster.statements().forEach(each -> holder.statements.add(StatementFact.read(each.encode())));
    for (DeviceEntry each : roster.devices()) {
      holder.believed.put(
          each.device(),
          new HolderFact.Believed(
              each.isConfirmed(),
              each.role().coordinates() && each.isConfirmed(),
              each.isSuspended(),
              roster.mayDecide(each.device())));
    }
    for (CircleState each : roster.circles()) {
      each.forWriting().ifPresent(epoch -> holder.writing.put(each.id(), epoch.id()));
    }
    MergedRecords records =
        machine.coordinates() ? machine.desk().records() : Desk.readable(device);
    holder.states.addAll(records.states());
    for (CircleId circle : roster.readableBy(machine.id())) {
      holder.digests.put(circle, records.digest(circle).toString());
    }
    reports(device, holder);
    for (HolderFact.Shown report : holder.reports) {
      if (machine.disk().keyNames().contains(WaitingContent.keyName(report.record()))) {
        holder.keyed.add(report.record());
      }
    }
    holder.sealsOnReceipt =
        !machine.coordinates() && device.profile().sealMode() == SealMode.ON_RECEIPT;
    holder.accuses = device.serverLied();
    holder.moved = roster.move().isPresent();
    return holder;
  }

  private static void reports(Device device, HolderFact holder) throws CairnException {
    for (ReportStatus each : device.list()) {
      ReportDetail detail = device.show(each.record());
      detail.questions().forEach(question -> holder.questions.add(question.id()));
      holder.reports.add(
          new HolderFact.Shown(
              each.record(),
              each.state(),
              each.sealed(),
              new HashSet<>(detail.changeIds()),
              detail.changes().size()));
    }
  }

  private static SpokenFact spoken(Opened opened) {
    return new SpokenFact(
        opened.record(),
        !opened.body().record().isPresent(),
        opened.body().kind(),
        new HashSet<>(opened.body().parents()),
        opened.body().clock(),
        opened.body().operations());
  }

  /** What a server's ledger holds. */
  static LedgerFact of(String name, ServerMachine server, SpaceId space) throws StoreException {
    try (LedgerView view = server.ledger().store().view()) {
      LogHead head =
          view.head(space).orElseThrow(() -> new IllegalStateException("no such space there"));
      LedgerFact ledger = new LedgerFact(name, head.generation(), head.size());
      view.entries(
          space,
          0,
          entry -> {
            ledger.add(leaf(entry));
            return true;
          });
      for (Digest each : view.leaves(space, head.generation(), 0, (int) head.size())) {
        ledger.storedLeaves.add(each.bytes());
      }
      for (long size : view.checkpointSizes(space, head.generation())) {
        view.checkpoint(space, head.generation(), size)
            .ifPresent(note -> ledger.notes.put(size, note));
      }
      for (long ended = 0; ended < head.generation(); ended++) {
        for (long size : view.checkpointSizes(space, ended)) {
          view.checkpoint(space, ended, size).ifPresent(ledger.endedNotes::add);
        }
      }
      return ledger;
    }
  }

  private static LedgerFact.Leaf leaf(LogEntry entry) {
    if (entry instanceof LogEntry.OfStatement of) {
      StatementFact statement = StatementFact.read(of.statement().encode());
      return new LedgerFact.Leaf(entry.position(), null, statement, false, null);
    }
    LogEntry.OfChange of = (LogEntry.OfChange) entry;
    return new LedgerFact.Leaf(
        entry.position(),
        ChangeFact.read(of.change().payload()),
        null,
        of.change().ciphertext().isPresent(),
        of.change().signature().orElse(null));
  }
}
