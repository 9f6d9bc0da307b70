package dev.cairn.simulation.audit;

import dev.cairn.client.report.ReportState;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * P5 across restored servers and generations: who was let in stays in, what coordinators settled
 * stands in the log that is left, and what was confirmed once is not shown as waiting again.
 */
final class KeptAudit {

  private static final String P5 = "P5";

  private final Findings findings;
  private final Account account;
  private final LedgerFact ledger;
  private final OwnRoster roster;
  private final OwnErasures erasures;

  KeptAudit(Findings findings, Account account, LedgerFact ledger) {
    this.findings = findings;
    this.account = account;
    this.ledger = ledger;
    this.roster = OwnRoster.of(ledger.statements(Long.MAX_VALUE));
    Map<ChangeId, ChangeFact> logged = ledger.facts();
    this.erasures = OwnErasures.among(logged, roster.counting(logged), roster);
  }

  /** Judges the end of a world in which everybody synced until nothing moved any more. */
  void judge(List<HolderFact> holders) {
    Set<StatementFact> logged = new HashSet<>(ledger.statements(Long.MAX_VALUE));
    for (HolderFact holder : holders) {
      confirmed(holder);
      boolean reads =
          roster.authority().coordinates(holder.device) && !roster.isSuspended(holder.device);
      if (reads) {
        statements(holder, logged);
        people(holder);
      }
    }
  }

  private void confirmed(HolderFact holder) {
    boolean wordsMayFall =
        account.known.values().stream()
            .anyMatch(it -> it.coordinates() && account.cutOff.contains(it.device()));
    if (wordsMayFall) {
      // What a coordinator confirmed beyond where he counts is not confirmed any more.
      return;
    }
    Set<ChangeId> confirmed = account.confirmed.getOrDefault(holder.device, Set.of());
    for (HolderFact.Shown report : holder.reports) {
      boolean waits = report.state() == ReportState.SAVED || report.state() == ReportState.RECEIVED;
      if (waits
          && !account.restored.contains(holder.device)
          && !report.changes().isEmpty()
          // What was withdrawn a desk that lost its disk can never open again, and says so.
          && report.changes().stream().noneMatch(this::isWithdrawn)
          && confirmed.containsAll(report.changes())) {
        findings.add(
            P5,
            "confirmed.forgotten",
            Names.of(report.record())
                + " was confirmed and is "
                + report.state()
                + " on "
                + holder);
      }
    }
  }

  /** Who died as he withdrew it told nobody, and the log has it all the same. */
  private boolean isWithdrawn(ChangeId change) {
    return account.erased.contains(change) || erasures.isErased(change);
  }

  /** Whoever signed it is there to push it, whatever the server lost. */
  private void statements(HolderFact desk, Set<StatementFact> logged) {
    for (StatementFact each : desk.statements) {
      DeviceId signer = each.signer();
      boolean isThere =
          account.isHonest(signer)
              && !account.restored.contains(signer)
              && roster.authority().isIn(signer)
              && !roster.isSuspended(signer);
      if (isThere && desk.roster().hasForce(each) && !logged.contains(each)) {
        findings.add(P5, "statement.lost", each + " is on " + desk + " and not in the log");
      }
    }
  }

  private void people(HolderFact desk) {
    for (DeviceId device : desk.roster().authority().devices()) {
      if (account.isHonest(device) && !roster.authority().isIn(device)) {
        findings.add(
            P5, "roster.lost", Names.of(device) + " is in for " + desk + " and not in the log");
      }
    }
  }
}
