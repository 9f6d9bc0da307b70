package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * P1 and P5: what somebody said is there in the end, what he was promised is true, and nothing is
 * there twice or out of nothing.
 */
final class PromiseAudit {

  private static final String P1 = "P1";
  private static final String P5 = "P5";
  private static final long DEVICE_NOTICE = 6;

  private final Findings findings;
  private final Account account;
  private final List<HolderFact> holders;
  private final LedgerFact ledger;
  private final List<LedgerFact> sides;
  private final OwnRoster roster;
  private final OwnErasures erasures;
  private final Living living;

  PromiseAudit(
      Findings findings,
      Account account,
      List<HolderFact> holders,
      LedgerFact ledger,
      List<LedgerFact> sides) {
    this.findings = findings;
    this.account = account;
    this.holders = List.copyOf(holders);
    this.ledger = ledger;
    this.sides = List.copyOf(sides);
    this.roster = OwnRoster.of(ledger.statements(Long.MAX_VALUE));
    Map<ChangeId, ChangeFact> logged = ledger.facts();
    this.erasures = OwnErasures.among(logged, roster.counting(logged), roster);
    this.living = new Living(holders, ledger, roster);
  }

  /**
   * Judges.
   *
   * @param settled whether everybody synced until nothing moved any more
   */
  void judge(boolean settled) {
    Map<DeviceId, HolderFact> byDevice = new HashMap<>();
    holders.forEach(holder -> byDevice.put(holder.device, holder));
    account.said.values().forEach(saying -> kept(saying, byDevice.get(saying.device())));
    account.received.forEach(
        (device, changes) -> {
          HolderFact author = byDevice.get(device);
          changes.forEach(it -> received(device, it, author));
        });
    account.confirmed.forEach((device, changes) -> changes.forEach(it -> confirmed(device, it)));
    bodies();
    holders.forEach(this::asSaid);
    account.bodiless.forEach(this::forgotten);
    if (settled && !account.hasTwoHistories()) {
      new ArrivalAudit(findings, account, holders, ledger).judge();
    }
    unexplained();
  }

  /** Recording is durable: who said it has it, and its content until a desk has it. */
  private void kept(Saying saying, @Nullable HolderFact holder) {
    if (holder == null || account.restored.contains(saying.device())) {
      return;
    }
    HeldFact held = holder.held.get(saying.change());
    if (held == null) {
      findings.add(P1, "said.lost", Names.of(saying.change()) + " is not on " + holder);
    } else if (!held.hasBody() && !isConfirmed(saying.change()) && !isWithdrawn(held.change())) {
      findings.add(P5, "said.forgotten", holder + " kept no body of " + held.change());
    }
  }

  /** Seen while the world went on: by now a desk may have it. */
  private void forgotten(ChangeId change, DeviceId device) {
    boolean withdrawn =
        erasures.isErased(change)
            || account.erased.contains(change)
            || holders.stream().anyMatch(holder -> holder.erasures().isErased(change));
    if (!withdrawn) {
      findings.add(
          P5,
          "said.forgotten",
          Names.of(device) + " kept no body of " + Names.of(change) + " until a desk had it");
    }
  }

  private boolean isConfirmed(ChangeId change) {
    return account.confirmed.values().stream().anyMatch(all -> all.contains(change))
        || holders.stream()
            .anyMatch(
                holder ->
                    holder.coordinates
                        && holder.held.containsKey(change)
                        && holder.held.get(change).spoken() != null);
  }

  private boolean isWithdrawn(ChangeFact change) {
    return erasures.isErased(change.id)
        || account.erased.contains(change.id)
        || holders.stream().anyMatch(holder -> holder.erasures().isErased(change.id));
  }

  /** What was shown as received is in the log, of whatever generation. */
  private void received(DeviceId device, ChangeId change, @Nullable HolderFact author) {
    boolean byHand =
        isConfirmed(change) && (roster.isSuspended(device) || account.cutOff.contains(device));
    // He was put back himself, and has it no more.
    boolean lost =
        account.mayHaveLost(device, change) && author != null && !author.held.containsKey(change);
    boolean forgotten = account.fellBack() && (isDone(device) || lost);
    if (account.isHonest(device) && !isLogged(change) && !byHand && !forgotten && !isGone(change)) {
      findings.add(
          P5, "received.lost", Names.of(change) + " of " + Names.of(device) + " is in no log");
    }
  }

  /** Whether a log has it; of a server that lied, one of its logs. */
  private boolean isLogged(ChangeId change) {
    return ledger.changes.containsKey(change)
        || (account.serverLied()
            && sides.stream().anyMatch(side -> side.changes.containsKey(change)));
  }

  /**
   * Of what was in a log that a lying server forgot again: whether its author is done with that
   * server, or the server with him. Who is cut off is not told how large the log is, and nothing of
   * his is taken.
   */
  private boolean isDone(DeviceId device) {
    return account.accusations.containsKey(device)
        || account.parted.contains(device)
        || roster.isSuspended(device);
  }

  /** Lost with the server's disk, and nobody is left who could hand it in. */
  private boolean isGone(ChangeId change) {
    return account.serverRestored() && !living.hold(change);
  }

  /** What was shown as confirmed was opened by a desk. */
  private void confirmed(DeviceId device, ChangeId change) {
    boolean others =
        account.known.values().stream().anyMatch(it -> it.coordinates() && !it.honest());
    boolean opened = false;
    for (HolderFact holder : holders) {
      HeldFact held = holder.held.get(change);
      boolean isIt = held != null && (held.spoken() != null || held.change().opensSession());
      opened |= holder.coordinates && (isIt || (held != null && isWithdrawn(held.change())));
    }
    // Server and desk lost their disks, and the author had let go of it; or the server forgot it,
    // and he hands it nothing more.
    boolean forgotten = account.fellBack() && isDone(device) && !isLogged(change);
    boolean gone =
        (isGone(change) || forgotten)
            && account.known.values().stream()
                .anyMatch(it -> it.coordinates() && account.restored.contains(it.device()));
    if (account.isHonest(device) && !opened && !others && !gone) {
      findings.add(
          P5, "confirmed.unopened", Names.of(change) + " of " + Names.of(device) + " on no desk");
    }
  }

  /** A body goes only when a coordinator withdraws it. */
  private void bodies() {
    for (LedgerFact.Leaf leaf : ledger.changes.values()) {
      ChangeFact change = leaf.change();
      if (change == null || change.opensSession()) {
        continue;
      }
      boolean somebody =
          ledger.changes.values().stream()
              .map(LedgerFact.Leaf::change)
              .anyMatch(
                  it ->
                      it != null
                          && change.id.equals(it.erases)
                          && roster.authority().coordinates(it.device));
      if (!leaf.hasBody() && !somebody) {
        findings.add(P5, "body.lost", change + " has no body in the log, and nobody withdrew it");
      }
      if (leaf.hasBody() && erasures.of(change.id).stream().anyMatch(this::wasInForce)) {
        findings.add("P6", "body.kept", change + " is withdrawn and has a body in the log");
      }
    }
  }

  /**
   * Whether its author might withdraw when it came into the log. What a coordinator signed before
   * he was cut off counts for who reads it, also when it comes late; no body goes on it any more.
   */
  private boolean wasInForce(ChangeId withdrawal) {
    LedgerFact.Leaf leaf = ledger.changes.get(withdrawal);
    if (leaf == null || leaf.change() == null) {
      return false;
    }
    OwnRoster then = OwnRoster.of(ledger.statements(leaf.position()));
    DeviceId author = leaf.change().device;
    return then.decides(author) && !then.isSuspended(author);
  }

  /** Whatever an honest device said is opened as it was said. */
  private void asSaid(HolderFact holder) {
    for (HeldFact held : holder.held.values()) {
      Saying saying = account.said.get(held.change().id);
      SpokenFact spoken = held.spoken();
      if (saying != null
          && spoken != null
          && (!spoken.operations().equals(saying.operations())
              || !spoken.record().equals(saying.record())
              || !held.change().device.equals(saying.device()))) {
        findings.add("P6", "said.altered", held.change() + " says something else on " + holder);
      }
    }
  }

  /** Nothing is there that nobody said; who died while he said something may have said it. */
  private void unexplained() {
    Map<DeviceId, Integer> more = new HashMap<>();
    Map<ChangeId, ChangeFact> seen = new HashMap<>();
    for (HolderFact holder : holders) {
      for (HeldFact held : holder.order) {
        ChangeFact change = held.change();
        SpokenFact spoken = held.spoken();
        boolean silent = spoken == null || spoken.kind() == DEVICE_NOTICE;
        if (silent
            || !account.isHonest(change.device)
            || seen.putIfAbsent(change.id, change) != null) {
          continue;
        }
        if (!account.isTold(change)) {
          more.merge(change.device, 1, Integer::sum);
        }
      }
    }
    more.forEach(
        (device, count) -> {
          int excused = account.interruptions.getOrDefault(device, 0);
          if (count > excused) {
            findings.add(
                P5,
                "said.unknown",
                count
                    + " changes of "
                    + Names.of(device)
                    + " nobody told of, "
                    + excused
                    + " times it failed");
          }
        });
  }

  /** Checkpoints that honest devices cite, in changes that are logged or held. */
  Map<ChangeFact.Cited, String> cited() {
    Map<ChangeFact.Cited, String> cited = new HashMap<>();
    List<ChangeFact> all = new ArrayList<>(ledger.facts().values());
    holders.forEach(holder -> all.addAll(holder.facts().values()));
    for (ChangeFact change : all) {
      ChangeFact.Cited checkpoint = change.cited;
      if (checkpoint != null && account.isHonest(change.device)) {
        cited.putIfAbsent(checkpoint, change.toString());
      }
    }
    return cited;
  }
}
