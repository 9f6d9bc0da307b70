package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is cut off gains nothing: the server takes nothing of his that was not counted on, and
 * everybody takes everybody for what the statements say he is.
 */
final class SuspensionAudit {

  private static final String P3 = "P3";

  private final Findings findings;
  private final Account account;

  SuspensionAudit(Findings findings, Account account) {
    this.findings = findings;
    this.account = account;
  }

  /** Judges what a log took after a device was cut off, or before it was let in. */
  void judge(LedgerFact ledger) {
    OwnRoster last = OwnRoster.of(ledger.statements(Long.MAX_VALUE));
    for (LedgerFact.Leaf leaf : ledger.changes.values()) {
      ChangeFact change = leaf.change();
      if (change == null) {
        continue;
      }
      boolean everCut = account.cutOff.contains(change.device) || last.isSuspended(change.device);
      boolean dishonest = !account.isHonest(change.device);
      if (everCut || dishonest) {
        OwnRoster then = OwnRoster.of(ledger.statements(leaf.position()));
        if (!then.authority().isIn(change.device)) {
          findings.add(P3, "roster.stranger", change + " was logged before its device was in");
        }
        for (OwnCut cut : then.cuts(change.device)) {
          cut(ledger, leaf.position(), change, cut, then.releases(cut));
        }
      }
    }
  }

  private void cut(
      LedgerFact ledger,
      long position,
      ChangeFact change,
      OwnCut cut,
      List<StatementFact> releases) {
    List<Cbor.Item> upTo = cut.upTo();
    boolean may = false;
    if (upTo != null) {
      may = upTo.stream().anyMatch(each -> letsIn(ledger, position, change, each));
      for (StatementFact release : releases) {
        may |=
            release.content.get(3).list().stream()
                .anyMatch(each -> letsIn(ledger, position, change, each));
        may |=
            release.content.get(4).list().stream()
                .anyMatch(each -> ChangeId.of(each.bytes()).equals(change.id));
      }
    }
    if (!may) {
      findings.add(P3, "roster.suspended", change + " was logged after its device was cut off");
    }
  }

  private static boolean letsIn(
      LedgerFact ledger, long position, ChangeFact change, Cbor.Item good) {
    ChangeId named = ChangeId.of(good.at(1).bytes());
    if (named.equals(change.id)) {
      return true;
    }
    LedgerFact.Leaf there = ledger.changes.get(named);
    return good.at(0).number() > change.sequence && (there == null || there.position() > position);
  }

  /** Judges whom a device takes for what. */
  void judge(HolderFact holder) {
    OwnRoster own = holder.roster();
    Set<DeviceId> all = new TreeSet<>(own.authority().devices());
    all.addAll(holder.believed.keySet());
    for (DeviceId device : all) {
      HolderFact.Believed believed = holder.believed.get(device);
      if (!account.known.containsKey(device)) {
        findings.add(
            P3, "roster.forged", holder + " knows a device nobody has: " + Names.of(device));
      }
      boolean in = own.authority().isIn(device);
      HolderFact.Believed must =
          new HolderFact.Believed(
              own.authority().isConfirmed(device),
              own.authority().coordinates(device),
              own.isSuspended(device),
              own.decides(device));
      if (in != (believed != null) || (believed != null && !believed.equals(must))) {
        findings.add(
            P3,
            "roster.role",
            holder + " takes " + Names.of(device) + " for " + believed + ", not " + must);
      }
    }
    if (holder.moved) {
      findings.add(P3, "roster.moved", holder + " looks for the server where no owner said it is");
    }
    holder.writing.forEach(
        (circle, epoch) -> {
          if (!own.forWriting(circle).equals(java.util.Optional.of(epoch))) {
            findings.add(
                "P7", "roster.epoch", holder + " writes to another epoch of " + Names.of(circle));
          }
        });
  }

  /**
   * Keys of honest people are sealed to nobody of whom their signer knew that he was cut off, those
   * of the coordinators to nobody who was none by then.
   *
   * @param made statements that somebody has just signed
   * @param held all that he holds now
   */
  void sealed(Collection<StatementFact> made, Collection<StatementFact> held) {
    for (StatementFact each : made) {
      if (each.kind == StatementFact.EPOCH || each.kind == StatementFact.GRANT) {
        sealed(each, OwnRoster.of(held));
      }
    }
  }

  private void sealed(StatementFact keys, OwnRoster then) {
    CircleId circle = CircleId.of(keys.content.get(1).bytes());
    boolean ofTheDesk = then.desk().equals(Optional.of(circle));
    for (DeviceId to : receivers(keys)) {
      boolean own = OwnRoster.ownCircle(to).equals(circle);
      if (!own && then.isSuspended(to)) {
        findings.add(P3, "keys.suspended", keys + " is sealed to who was cut off: " + Names.of(to));
      }
      if (ofTheDesk && !then.authority().coordinates(to)) {
        findings.add(P3, "keys.desk", keys + " is sealed to no coordinator: " + Names.of(to));
      }
    }
  }

  private static Set<DeviceId> receivers(StatementFact keys) {
    Set<DeviceId> receivers = new TreeSet<>();
    if (keys.kind == StatementFact.GRANT) {
      receivers.add(DeviceId.of(keys.content.get(2).bytes()));
    } else {
      keys.content.get(3).list().forEach(to -> receivers.add(DeviceId.of(to.at(0).bytes())));
    }
    return receivers;
  }

  /** Every statement that somebody believes was signed by those it names. */
  void signed(Iterable<StatementFact> statements) {
    for (StatementFact each : statements) {
      if (!each.isSigned()) {
        findings.add(P3, "roster.signature", each + " is not signed by whom it names");
      }
    }
  }
}
