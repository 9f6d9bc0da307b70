package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LogAuditTest {

  private static final HexFormat HEX = HexFormat.of();
  private final Findings findings = new Findings();
  private final List<Account.Restore> restores = new ArrayList<>();
  private final LedgerFact ledger = Made.ledger(Made.people(), Made.change(Made.PHONE).make());

  private static byte[] root(LedgerFact ledger, int size) {
    return new Hashes.Tree(ledger.leaves.stream().map(LedgerFact.Leaf::hash).toList()).root(size);
  }

  private static byte[] note(long size, byte[] root) {
    return note(0, size, root);
  }

  private static byte[] note(int generation, long size, byte[] root) {
    String origin = "log.example/" + generation;
    String text = origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    String signature = Base64.getEncoder().encodeToString(new byte[68]);
    return (text + "\n\u2014 " + origin + " " + signature + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void judge(Map<ChangeFact.Cited, String> cited, Set<LogAudit.OwnNote> shown) {
    judge(ledger, cited, shown);
  }

  /** Every note was last shown before the server was put back for the first time. */
  private void judge(
      LedgerFact log, Map<ChangeFact.Cited, String> cited, Set<LogAudit.OwnNote> shown) {
    Map<LogAudit.OwnNote, Integer> seen = new HashMap<>();
    shown.forEach(each -> seen.put(each, 0));
    OwnLogs logs = OwnLogs.of(log.statements(Long.MAX_VALUE), restores);
    LogAudit.judge(findings, log, logs, cited, seen);
  }

  private static LedgerFact opened(ChangeFact... changes) {
    List<StatementFact> statements = new ArrayList<>(Made.people());
    statements.add(Made.generation(1));
    LedgerFact log = Made.ledger(1, statements, changes);
    log.notes.put(log.size, note(1, log.size, root(log, (int) log.size)));
    return log;
  }

  @Test
  void tree_ofTheReference_hasItsRoot() {
    List<byte[]> leaves =
        List.of(
                "",
                "00",
                "10",
                "2021",
                "3031",
                "40414243",
                "5051525354555657",
                "606162636465666768696a6b6c6d6e6f")
            .stream()
            .map(data -> Hashes.sha256(new byte[1], HEX.parseHex(data)))
            .toList();
    assertThat(HEX.formatHex(new Hashes.Tree(leaves).root(8)))
        .isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    assertThat(HEX.formatHex(new Hashes.Tree(leaves).root(3)))
        .isEqualTo("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
  }

  @Test
  void log_thatIsWhole_isFine() {
    ChangeFact.Cited cited = new ChangeFact.Cited(0, 3, HEX.formatHex(root(ledger, 3)));
    judge(Map.of(cited, "somebody"), LogAudit.OwnNote.in(note(5, root(ledger, 5))));
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void log_withAnotherLeaf_isFound() {
    byte[] altered = ledger.storedLeaves.get(2).clone();
    altered[0] ^= 1;
    ledger.storedLeaves.set(2, altered);
    judge(Map.of(), Set.of());
    assertThat(Made.rules(findings)).containsExactly("log.leaf");
  }

  @Test
  void log_withoutAnEntry_isFound() {
    ledger.leaves.remove(4);
    judge(Map.of(), Set.of());
    assertThat(Made.rules(findings)).contains("log.size", "log.gap");
  }

  @Test
  void checkpoint_citedOfAnotherTree_isFound() {
    judge(Map.of(new ChangeFact.Cited(0, 3, "00".repeat(32)), "somebody"), Set.of());
    assertThat(Made.rules(findings)).containsExactly("log.cited");
  }

  @Test
  void checkpoint_citedBeyondTheLog_isFound() {
    judge(Map.of(new ChangeFact.Cited(0, 300, "00".repeat(32)), "somebody"), Set.of());
    assertThat(Made.rules(findings)).containsExactly("log.cited");
  }

  @Test
  void note_shownOfAnotherTree_isFound() {
    judge(Map.of(), LogAudit.OwnNote.in(note(3, new byte[32])));
    assertThat(Made.rules(findings)).containsExactly("log.shown");
  }

  @Test
  void notes_ofOneSizeAndTwoTrees_areFound() {
    Set<LogAudit.OwnNote> shown = new java.util.HashSet<>();
    shown.addAll(LogAudit.OwnNote.in(note(3, new byte[32])));
    shown.addAll(LogAudit.OwnNote.in(note(3, root(ledger, 3))));
    LogAudit.twoTrees(findings, shown);
    assertThat(Made.rules(findings)).containsExactly("log.two-trees");
  }

  @Test
  void notes_ofTwoSizes_areFine() {
    Set<LogAudit.OwnNote> shown = new java.util.HashSet<>();
    shown.addAll(LogAudit.OwnNote.in(note(3, root(ledger, 3))));
    shown.addAll(LogAudit.OwnNote.in(note(4, root(ledger, 4))));
    LogAudit.twoTrees(findings, shown);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void note_ofTheGenerationBefore_mustBeTheBeginning() {
    LedgerFact log = opened();
    Set<LogAudit.OwnNote> shown = new HashSet<>(LogAudit.OwnNote.in(note(5, root(log, 5))));
    shown.addAll(LogAudit.OwnNote.in(note(6, new byte[32])));
    judge(log, Map.of(), shown);
    assertThat(Made.rules(findings)).containsExactly("log.signature", "log.shown");
  }

  @Test
  void note_ofWhatARestoredServerLost_maybeGoneInTheNextGeneration() {
    LedgerFact log = opened();
    restores.add(Made.restore(0, ledger, 5));
    judge(log, Map.of(), LogAudit.OwnNote.in(note(6, new byte[32])));
    assertThat(Made.rules(findings)).containsExactly("log.signature");
  }

  @Test
  void note_ofWhatTheBackupHad_mustBeTheBeginning() {
    LedgerFact log = opened();
    restores.add(Made.restore(0, ledger, 6));
    judge(log, Map.of(), LogAudit.OwnNote.in(note(6, new byte[32])));
    assertThat(Made.rules(findings)).containsExactly("log.signature", "log.shown");
  }

  @Test
  void note_ofTheSameGeneration_mustHoldHoweverOftenTheServerWasRestored() {
    restores.add(Made.restore(0, ledger, 2));
    ledger.notes.put(ledger.size, note(ledger.size, root(ledger, (int) ledger.size)));
    judge(Map.of(), LogAudit.OwnNote.in(note(6, new byte[32])));
    assertThat(Made.rules(findings)).containsExactly("log.signature", "log.shown");
  }

  /** Put back twice: first to before the note, then to a generation that went on from there. */
  @Test
  void note_ofWhatALaterGenerationWentOnWithout_isFine() {
    LedgerFact log = opened();
    restores.add(Made.restore(2, log, 6));
    judge(log, Map.of(), LogAudit.OwnNote.in(note(6, root(ledger, 6))));
    assertThat(Made.rules(findings)).containsExactly("log.signature");
  }

  @Test
  void note_ofWhatALaterGenerationHad_mustBeTheBeginning() {
    LedgerFact log = opened();
    restores.add(Made.restore(2, ledger, 6));
    judge(log, Map.of(), LogAudit.OwnNote.in(note(6, root(ledger, 6))));
    assertThat(Made.rules(findings)).containsExactly("log.signature", "log.shown");
  }

  @Test
  void note_ofALogNobodyOpened_isFound() {
    judge(Map.of(), LogAudit.OwnNote.in(note(7, 3, root(ledger, 3))));
    assertThat(Made.rules(findings)).containsExactly("log.unknown");
  }

  @Test
  void note_ofALogThatWasLost_isFine() {
    restores.add(Made.restore(0, ledger, 5));
    judge(Map.of(), LogAudit.OwnNote.in(note(7, 3, root(ledger, 3))));
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void checkpoint_citedOfTheGenerationBefore_mustBeTheBeginning() {
    LedgerFact log = opened();
    log.notes.clear();
    judge(log, Map.of(new ChangeFact.Cited(0, 3, "00".repeat(32)), "somebody"), Set.of());
    assertThat(Made.rules(findings)).containsExactly("log.cited");
  }

  @Test
  void checkpoint_citedOfWhatWasLost_isFine() {
    LedgerFact log = opened();
    log.notes.clear();
    restores.add(Made.restore(0, ledger, 2));
    judge(log, Map.of(new ChangeFact.Cited(0, 3, "00".repeat(32)), "somebody"), Set.of());
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void note_storedOfAnEndedGeneration_mustBeTheBeginning() {
    LedgerFact log = opened();
    log.notes.clear();
    log.endedNotes.add(note(4, root(log, 4)));
    judge(log, Map.of(), Set.of());
    assertThat(findings.all()).isEmpty();
    log.endedNotes.add(note(5, new byte[32]));
    judge(log, Map.of(), Set.of());
    assertThat(Made.rules(findings)).containsExactly("log.ended");
  }

  @Test
  void notes_insideAnAnswer_areSeen() {
    byte[] one = note(3, root(ledger, 3));
    byte[] answer = new byte[40 + one.length];
    Arrays.fill(answer, (byte) 0x81);
    System.arraycopy(one, 0, answer, 30, one.length);
    assertThat(LogAudit.OwnNote.in(answer)).hasSize(1);
  }

  @Test
  void storedNote_whoseSignatureIsNoSignature_isFound() {
    LedgerFact log = Made.ledger(Made.people());
    String whole = new String(note(log.size, root(log, (int) log.size)), StandardCharsets.UTF_8);
    String spoilt = whole.substring(0, whole.length() - 2) + "*\n";
    log.notes.put(log.size, spoilt.getBytes(StandardCharsets.UTF_8));
    judge(log, Map.of(), Set.of());
    assertThat(Made.rules(findings)).containsExactly("log.signature");
  }
}
