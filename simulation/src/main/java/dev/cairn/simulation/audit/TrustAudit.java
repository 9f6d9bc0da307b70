package dev.cairn.simulation.audit;

import dev.cairn.client.report.ReportState;
import java.util.List;

/**
 * P4: who lies is caught by whoever sees both sides, and nobody else is ever accused, least of all
 * an honest server that was put back to an older state.
 */
final class TrustAudit {

  private TrustAudit() {}

  static void judge(Findings findings, Account account, List<HolderFact> holders) {
    if (!account.serverLied()) {
      account.accusations.forEach(
          (device, message) ->
              findings.add(
                  "P4",
                  account.serverRestored() ? "trust.branded" : "trust.accused",
                  Names.of(device) + " accuses an honest server: " + message));
      for (HolderFact holder : holders) {
        if (holder.accuses) {
          findings.add("P4", "trust.kept", holder + " holds a proof against an honest server");
        }
      }
    }
    account.syncedWithLess.forEach(
        device ->
            findings.add(
                "P4", "trust.shorter", Names.of(device) + " took a shorter log for the whole one"));
    account.met.stream()
        .filter(device -> !account.accusations.containsKey(device))
        .forEach(
            device ->
                findings.add("P4", "trust.uncaught", "a lie met " + Names.of(device) + " unseen"));
  }

  /** P8: what is sealed shows nothing any more. */
  static void sealing(Findings findings, HolderFact holder) {
    for (HolderFact.Shown report : holder.reports) {
      if (report.sealed() && report.contents() > 0) {
        findings.add(
            "P8", "sealed.open", holder + " shows the sealed " + Names.of(report.record()));
      }
      if (report.sealed() && holder.keyed.contains(report.record())) {
        findings.add(
            "P8", "sealed.key", holder + " has the key of the sealed " + Names.of(report.record()));
      }
      if (holder.sealsOnReceipt && !report.sealed() && report.state() == ReportState.RECEIVED) {
        findings.add(
            "P8",
            "sealed.not",
            holder + " did not seal what is there: " + Names.of(report.record()));
      }
    }
  }
}
