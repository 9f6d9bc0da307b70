package dev.cairn.simulation.audit;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.server.ServerMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes down the end of a world, and lets each of the audits judge it. */
final class EndAudit {

  private final Findings findings;
  private final Account account;
  private final PrivacyAudit privacy;
  private final Map<LogAudit.OwnNote, Integer> shown;

  /**
   * Of one world.
   *
   * @param shown notes that were seen to leave the server, and how often it had been put back when
   *     they were last seen
   */
  EndAudit(
      Findings findings,
      Account account,
      PrivacyAudit privacy,
      Map<LogAudit.OwnNote, Integer> shown) {
    this.findings = findings;
    this.account = account;
    this.privacy = privacy;
    this.shown = new LinkedHashMap<>(shown);
  }

  /** Judges. */
  void judge(Peace peace) throws CairnException, IOException {
    if (!peace.settled()) {
      findings.add("P5", "end.restless", "syncing did not come to rest");
    }
    List<HolderFact> holders = new ArrayList<>();
    for (Machine machine : peace.machines()) {
      holders.add(Gathering.of(machine));
    }
    LedgerFact ledger = ledger("the server", peace.server(), peace);
    List<LedgerFact> sides = new ArrayList<>();
    for (ServerMachine side : peace.sides()) {
      sides.add(ledger("a side", side, peace));
    }
    PromiseAudit promises = new PromiseAudit(findings, account, holders, ledger, sides);
    promises.judge(peace.settled());
    if (peace.settled() && !account.hasTwoHistories()) {
      new KeptAudit(findings, account, ledger).judge(holders);
    }
    new ConfirmationAudit(findings).judge(holders);
    OwnLogs logs = OwnLogs.of(statements(ledger, holders), account.restores);
    log(ledger, sides, logs, promises.cited());
    FeedAudit feeds = new FeedAudit(findings, account);
    feeds.judge(ledger);
    holders.forEach(feeds::judge);
    roster(ledger, holders);
    new SecrecyAudit(findings, account).judge(holders);
    ClockAudit.judge(findings, account, holders);
    new AgreementAudit(findings).judge(holders);
    TrustAudit.judge(findings, account, holders);
    holders.forEach(holder -> TrustAudit.sealing(findings, holder));
    stored(peace.server());
    for (ServerMachine side : peace.sides()) {
      stored(side);
    }
  }

  private void log(
      LedgerFact ledger,
      List<LedgerFact> sides,
      OwnLogs logs,
      Map<ChangeFact.Cited, String> cited) {
    boolean lied = account.serverLied();
    Map<ChangeFact.Cited, String> held = account.hasTwoHistories() ? Map.of() : cited;
    LogAudit.judge(findings, ledger, logs, held, lied ? Map.of() : shown);
    if (!lied) {
      LogAudit.twoTrees(findings, shown.keySet());
      return;
    }
    Map<ChangeFact.Cited, String> believed = new HashMap<>(account.believed);
    believed.putAll(cited);
    List<LedgerFact> all = new ArrayList<>(sides);
    all.add(ledger);
    new BeliefAudit(findings, all, shown.keySet()).judge(believed);
  }

  private static LedgerFact ledger(String name, ServerMachine server, Peace peace)
      throws StoreException {
    return Gathering.of(name, server, peace.space());
  }

  private void roster(LedgerFact ledger, List<HolderFact> holders) {
    SuspensionAudit suspensions = new SuspensionAudit(findings, account);
    suspensions.judge(ledger);
    holders.forEach(suspensions::judge);
    suspensions.signed(statements(ledger, holders));
  }

  /** Every statement that is anywhere, each once. */
  private static Collection<StatementFact> statements(LedgerFact ledger, List<HolderFact> holders) {
    Map<StatementId, StatementFact> statements = new LinkedHashMap<>();
    ledger.statements(Long.MAX_VALUE).forEach(each -> statements.put(each.id, each));
    holders.forEach(
        holder -> holder.statements.forEach(each -> statements.putIfAbsent(each.id, each)));
    return statements.values();
  }

  private void stored(ServerMachine server) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String end : new String[] {"", "-wal"}) {
      Path file = Path.of(server.file() + end);
      if (Files.exists(file)) {
        all.writeBytes(Files.readAllBytes(file));
      }
    }
    privacy.heard(all.toByteArray(), "what a server stores");
    Set<RecordId> records = new HashSet<>();
    account.said.values().forEach(saying -> records.add(saying.record()));
    privacy.records(new ArrayList<>(records), all.toByteArray());
  }
}
