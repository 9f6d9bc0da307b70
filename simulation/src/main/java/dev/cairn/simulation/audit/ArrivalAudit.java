package dev.cairn.simulation.audit;

import dev.cairn.client.report.ReportState;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * P5 when everybody has synced until nothing moved any more: what was said has come to the log and
 * to all who may read it, and its author is shown that it has.
 */
final class ArrivalAudit {

  private static final String P5 = "P5";

  private final Findings findings;
  private final Account account;
  private final List<HolderFact> holders;
  private final LedgerFact ledger;
  private final OwnRoster roster;
  private final OwnErasures erasures;
  private final Living living;
  private final OwnCircles own;

  ArrivalAudit(Findings findings, Account account, List<HolderFact> holders, LedgerFact ledger) {
    this.findings = findings;
    this.account = account;
    this.holders = List.copyOf(holders);
    this.ledger = ledger;
    this.roster = OwnRoster.of(ledger.statements(Long.MAX_VALUE));
    Map<ChangeId, ChangeFact> logged = ledger.facts();
    this.erasures = OwnErasures.among(logged, roster.counting(logged), roster);
    this.living = new Living(holders, ledger, roster);
    this.own = new OwnCircles(ledger);
  }

  /** Judges. */
  void judge() {
    account.said.values().forEach(this::arrived);
    holders.stream().filter(this::reads).forEach(this::opened);
    holders.forEach(this::shown);
    account.said.values().forEach(this::asked);
  }

  private boolean reads(HolderFact holder) {
    return holder.coordinates
        && roster.authority().coordinates(holder.device)
        && !roster.isSuspended(holder.device);
  }

  private boolean isGone(ChangeId change) {
    return account.serverRestored() && !living.hold(change);
  }

  private boolean isWithdrawn(ChangeFact change) {
    return erasures.isErased(change.id)
        || account.erased.contains(change.id)
        || holders.stream().anyMatch(holder -> holder.erasures().isErased(change.id));
  }

  /** What was said comes to the log, unless its device is cut off or never got in. */
  private void arrived(Saying saying) {
    DeviceId device = saying.device();
    if (account.isHonest(device)
        && !account.restored.contains(device)
        && !account.cutOff.contains(device)
        // Who died as he cut it off told nobody, and the log has it all the same.
        && !roster.isSuspended(device)
        && roster.authority().isIn(device)
        && !ledger.changes.containsKey(saying.change())
        && !isGone(saying.change())) {
      findings.add(
          P5, "said.stuck", Names.of(saying.change()) + " of " + Names.of(device) + " never came");
    }
  }

  /**
   * A desk holds all that is in the log for it and is to be kept, and opens what honest people
   * wrote.
   */
  private void opened(HolderFact desk) {
    Map<String, ChangeFact> sessions = new HashMap<>();
    for (LedgerFact.Leaf leaf : ledger.changes.values()) {
      ChangeFact change = leaf.change();
      if (change == null
          || change.audience.stream().noneMatch(it -> roster.mayRead(desk.device, it))) {
        continue;
      }
      if (change.opensSession()) {
        sessions.putIfAbsent(change.device + " " + change.session, change);
      }
      HeldFact held = desk.held.get(change.id);
      if (held == null) {
        if (keeps(desk, change)) {
          findings.add(P5, "desk.lost", change + " is in the log and not on " + desk);
        }
      } else if (!change.opensSession()
          && account.isHonest(change.device)
          && held.spoken() == null
          && leaf.hasBody()
          && !isWithdrawn(change)
          && desk.hasKey(change, sessions)) {
        findings.add(P5, "desk.unopened", change + " is not open on " + desk + ": " + held.why());
      } else if (held.spoken() != null && desk.erasures().isErased(change.id)) {
        findings.add("P6", "desk.withdrawn", change + " is withdrawn and open on " + desk);
      }
    }
    Set<StatementFact> known = Set.copyOf(desk.statements);
    for (StatementFact each : ledger.statements(Long.MAX_VALUE)) {
      if (!known.contains(each)) {
        findings.add(P5, "desk.statement", each + " is in the log and not on " + desk);
      }
    }
  }

  /**
   * Whether a desk has to keep a change that it may read. What is for its own circle and no other
   * it opens and lets go, as every device does: a coordinator's word to one device is kept only
   * until it is dismissed, and nobody else's says anything. So a rogue's notice to one desk is on
   * no desk. Honest people address nothing to a desk alone (who tells its device something tells
   * the readers of the record too), and if one did, it would be lost with that device: of theirs
   * all is asked for.
   */
  private boolean keeps(HolderFact desk, ChangeFact change) {
    CircleId own = OwnRoster.ownCircle(desk.device);
    return account.isHonest(change.device)
        || change.audience.stream()
            .anyMatch(it -> !it.equals(own) && roster.mayRead(desk.device, it));
  }

  /** In the end a reporter sees that what is in the log is there, and that desks have it. */
  private void shown(HolderFact phone) {
    if (phone.coordinates
        || !roster.authority().isIn(phone.device)
        || roster.isSuspended(phone.device)) {
      return;
    }
    for (HolderFact.Shown report : phone.reports) {
      boolean logged = ledger.changes.keySet().containsAll(report.changes());
      boolean refused =
          report.state() == ReportState.REFUSED || report.state() == ReportState.QUARANTINED;
      if (logged && (report.state() == ReportState.SAVED || refused)) {
        findings.add(
            P5,
            "shown.unreceived",
            Names.of(report.record()) + " is in the log and " + report.state() + " on " + phone);
      }
      boolean everywhere =
          holders.stream().anyMatch(this::reads)
              && holders.stream()
                  .filter(this::reads)
                  .allMatch(
                      desk ->
                          report.changes().stream()
                              .map(desk.held::get)
                              .allMatch(held -> held != null && held.spoken() != null));
      boolean saidInTime = !own.hasLateWords(phone.device);
      if (logged && everywhere && saidInTime && report.state() == ReportState.RECEIVED) {
        findings.add(
            P5, "shown.unconfirmed", Names.of(report.record()) + " is open on desks, not " + phone);
      }
    }
  }

  /** What a coordinator asks comes to whom he asks, who sees it until he puts it away. */
  private void asked(Saying saying) {
    LedgerFact.Leaf leaf = ledger.changes.get(saying.change());
    ChangeFact question = leaf == null || !leaf.hasBody() ? null : leaf.change();
    if (leaf == null
        || question == null
        || saying.operations().stream().noneMatch(each -> each instanceof Operation.Ask)
        || account.dismissed.contains(saying.record())
        || isWithdrawn(question)
        || !roster.authority().coordinates(saying.device())
        || roster.isSuspended(saying.device())) {
      return;
    }
    for (HolderFact phone : holders) {
      boolean isHis =
          phone.reports.stream().anyMatch(report -> report.record().equals(saying.record()))
              && question.audience.stream().anyMatch(it -> roster.mayRead(phone.device, it));
      if (!phone.coordinates
          && isHis
          && !account.restored.contains(phone.device)
          && !own.isLate(phone.device, question, leaf.position())
          && !phone.questions.contains(saying.change())) {
        findings.add(P5, "asked.unshown", question + " asks what " + phone + " does not show");
      }
    }
  }
}
