package dev.cairn.simulation.audit;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * P4, whatever the server does: what a device takes for the log, the log's own key has signed. Two
 * histories under that key are for others to see; one under another key is nobody's.
 */
final class BeliefAudit {

  private final Findings findings;
  private final List<LedgerFact> logs;
  private final Map<String, Set<LogAudit.OwnNote>> notes = new HashMap<>();

  /**
   * For a space.
   *
   * @param logs that its server kept, lies and all
   * @param shown notes that were seen on their way
   */
  BeliefAudit(Findings findings, List<LedgerFact> logs, Set<LogAudit.OwnNote> shown) {
    this.findings = findings;
    this.logs = List.copyOf(logs);
    shown.forEach(this::add);
    for (LedgerFact log : logs) {
      for (byte[] each : log.notes.values()) {
        LogAudit.OwnNote note = LogAudit.OwnNote.read(each);
        if (note != null) {
          add(note);
        }
      }
    }
  }

  private void add(LogAudit.OwnNote note) {
    notes.computeIfAbsent(name(note.size(), note.root()), any -> new LinkedHashSet<>()).add(note);
  }

  private static String name(long size, String root) {
    return size + " " + root;
  }

  /** Judges what devices believe of the first life of the log, with who. */
  void judge(Map<ChangeFact.Cited, String> believed) {
    byte[] key = key();
    if (key == null) {
      return;
    }
    believed.forEach(
        (each, who) -> {
          Set<LogAudit.OwnNote> known =
              notes.getOrDefault(name(each.size(), each.root()), Set.of());
          if (each.generation() == 0 && known.stream().noneMatch(note -> note.isSignedBy(key))) {
            findings.add(
                "P4",
                "trust.unsigned",
                "a log of " + each.size() + " that nobody signed, believed by " + who);
          }
        });
  }

  private byte @Nullable [] key() {
    for (LedgerFact log : logs) {
      StatementFact first = log.leaves.isEmpty() ? null : log.leaves.get(0).statement();
      if (first != null && first.kind == StatementFact.GENESIS) {
        return first.content.get(2).bytes();
      }
    }
    return null;
  }
}
