package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may hold what: a server gives nobody what is for others, a phone that only reports does not
 * list the organisation, and what commits itself to another key opens for nobody.
 */
final class SecrecyAudit {

  private final Findings findings;
  private final Account account;

  SecrecyAudit(Findings findings, Account account) {
    this.findings = findings;
    this.account = account;
  }

  /** Judges what adversaries were given and what honest people hold. */
  void judge(List<HolderFact> holders) {
    account.served.forEach(this::served);
    account.told.forEach((device, all) -> all.forEach(each -> listed(device, "the rogue", each)));
    for (HolderFact holder : holders) {
      if (!holder.coordinates) {
        holder.statements.forEach(each -> listed(holder.device, holder.name, each));
      }
      holder.held.values().forEach(held -> overheard(holder, held.change()));
      for (ChangeId change : account.unopenable) {
        HeldFact held = holder.held.get(change);
        if (held != null && held.spoken() != null) {
          findings.add("P3", "commitment.other", holder + " opened " + held.change());
        }
      }
    }
  }

  private void served(Account.Served given) {
    OwnRoster roster = OwnRoster.of(given.then());
    for (ChangeFact change : given.changes()) {
      boolean may =
          change.device.equals(given.to())
              || change.audience.stream().anyMatch(circle -> roster.mayRead(given.to(), circle));
      if (!may) {
        findings.add("P2", "served.others", Names.of(given.to()) + " was given " + change);
      }
    }
  }

  /** What coordinators say to each other is for them alone. */
  private void overheard(HolderFact holder, ChangeFact change) {
    Saying saying = account.said.get(change.id);
    boolean amongThem =
        saying != null
            && saying.operations().stream()
                .anyMatch(
                    each -> each instanceof Operation.Comment || each instanceof Operation.Assign);
    if (amongThem && !holder.roster().desk().map(Set::of).equals(Optional.of(change.audience))) {
      findings.add("P2", "said.among", change + " is for more than the coordinators");
    }
  }

  /**
   * Whatever names a device tells that somebody has it; an admission, who let him in. A server
   * knows it, and one that gives people what it answered to others gives it away.
   */
  private void listed(DeviceId device, String name, StatementFact statement) {
    if (account.replayedTo.contains(device)) {
      return;
    }
    for (DeviceId named : statement.named()) {
      Account.Known other = account.known.get(named);
      if (other != null && !other.coordinates() && !named.equals(device)) {
        findings.add("P2", "served.roster", name + " holds " + statement + ": " + Names.of(named));
      }
    }
  }
}
