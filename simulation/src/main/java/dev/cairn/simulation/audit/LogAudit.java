package dev.cairn.simulation.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * P4: an honest log only grows, and everything it ever signed or showed is the beginning of what it
 * holds. Makes the tree again from payloads alone.
 */
final class LogAudit {

  private static final String P4 = "P4";
  private static final int SIGNATURES_MAX = 4;

  private final Findings findings;
  private final LedgerFact ledger;
  private final OwnLogs logs;
  private final Hashes.Tree tree;

  private LogAudit(Findings findings, LedgerFact ledger, OwnLogs logs) {
    this.findings = findings;
    this.ledger = ledger;
    this.logs = logs;
    List<byte[]> leaves = new ArrayList<>();
    ledger.leaves.forEach(leaf -> leaves.add(leaf.hash()));
    this.tree = new Hashes.Tree(leaves);
  }

  /**
   * Judges an honest server's ledger.
   *
   * @param logs its generations
   * @param cited checkpoints that honest devices cite, with who
   * @param shown notes that were seen to leave the server, and how often it had been put back when
   *     they were last seen
   */
  static void judge(
      Findings findings,
      LedgerFact ledger,
      OwnLogs logs,
      Map<ChangeFact.Cited, String> cited,
      Map<OwnNote, Integer> shown) {
    LogAudit audit = new LogAudit(findings, ledger, logs);
    audit.leaves();
    audit.notes();
    cited.forEach(
        (each, who) -> {
          boolean isOfNow = each.generation() == ledger.generation;
          if (isOfNow || !logs.lost(each.generation(), each.size(), each.root(), 0)) {
            audit.root("log.cited", each.size(), each.root(), " as cited by " + who);
          }
        });
    shown.forEach(audit::shown);
  }

  /** A log continues what was shown of it, and of those before it. */
  private void shown(OwnNote note, int after) {
    OwnLogs.Log log = logs.of(note).orElse(null);
    if (log == null) {
      // An owner may have signed what nobody but a lost server ever held.
      if (!logs.restored(after)) {
        findings.add(P4, "log.unknown", "a log was shown that nobody opened: " + note.origin());
      }
      return;
    }
    OwnNote last = ledger.notes.isEmpty() ? null : OwnNote.read(lastOf(ledger));
    boolean isOfNow = last == null || last.origin().equals(log.origin());
    if (isOfNow || !logs.lost(log.number(), note.size(), note.root(), after)) {
      root("log.shown", note.size(), note.root(), " as it was shown in generation " + log.number());
    }
  }

  private static byte[] lastOf(LedgerFact ledger) {
    return new ArrayList<>(ledger.notes.values()).get(ledger.notes.size() - 1);
  }

  private void leaves() {
    if (ledger.leaves.size() != ledger.size || ledger.storedLeaves.size() != ledger.size) {
      findings.add(
          P4,
          "log.size",
          ledger.leaves.size()
              + " entries and "
              + ledger.storedLeaves.size()
              + " leaves in a log of "
              + ledger.size);
    }
    Set<String> known = new HashSet<>();
    for (int i = 0; i < ledger.leaves.size(); i++) {
      LedgerFact.Leaf leaf = ledger.leaves.get(i);
      if (leaf.position() != i) {
        findings.add(P4, "log.gap", "entry " + i + " is at " + leaf.position());
      }
      if (i < ledger.storedLeaves.size()
          && !Arrays.equals(leaf.hash(), ledger.storedLeaves.get(i))) {
        findings.add(P4, "log.leaf", "leaf " + i + " is not that of its entry");
      }
      if (!known.add(HexFormat.of().formatHex(leaf.hash()))) {
        findings.add("P5", "log.twice", "entry " + i + " is there twice");
      }
    }
    StatementFact first = ledger.leaves.isEmpty() ? null : ledger.leaves.get(0).statement();
    if (first == null || first.kind != StatementFact.GENESIS) {
      findings.add(P4, "log.genesis", "the log does not begin with its genesis");
    }
  }

  private void notes() {
    List<byte[]> notes = new ArrayList<>(ledger.notes.values());
    int step = Math.max(1, notes.size() / SIGNATURES_MAX);
    for (int i = 0; i < notes.size(); i++) {
      OwnNote note = OwnNote.read(notes.get(i));
      if (note == null) {
        findings.add(P4, "log.note", "a stored checkpoint cannot be read");
        continue;
      }
      root("log.signed", note.size(), note.root(), " as it was signed");
      byte[] key = HexFormat.of().parseHex(logs.of(note).map(OwnLogs.Log::key).orElse(""));
      if (i % step == 0 && !note.isSignedBy(key)) {
        findings.add(P4, "log.signature", "not that of the log's key at " + note.size());
      }
    }
    if (!notes.isEmpty()) {
      OwnNote last = OwnNote.read(lastOf(ledger));
      if (last != null && last.size() != ledger.size) {
        findings.add(P4, "log.unsigned", "signed up to " + last.size() + " of " + ledger.size);
      }
    }
    for (byte[] ended : ledger.endedNotes) {
      OwnNote note = OwnNote.read(ended);
      if (note != null) {
        root("log.ended", note.size(), note.root(), " as it was signed in a generation before");
      }
    }
  }

  private void root(String rule, long size, String root, String how) {
    if (size > tree.size()) {
      findings.add(P4, rule, "the log has " + tree.size() + " leaves, not " + size + how);
    } else if (!HexFormat.of().formatHex(tree.root((int) size)).equals(root)) {
      findings.add(P4, rule, "another tree of " + size + how);
    }
  }

  /** Two notes of one size that say different things, among those that were shown. */
  static void twoTrees(Findings findings, Collection<OwnNote> shown) {
    Map<String, String> roots = new HashMap<>();
    for (OwnNote each : shown) {
      String other = roots.putIfAbsent(each.origin() + " " + each.size(), each.root());
      if (other != null && !other.equals(each.root())) {
        findings.add(P4, "log.two-trees", "two trees of " + each.size() + " were shown");
      }
    }
  }

  /**
   * A signed checkpoint as the auditor reads it.
   *
   * @param root in hexadecimal
   */
  record OwnNote(String origin, long size, String root, String text, String signature) {

    private static final String DASH = "\u2014 ";

    static @Nullable OwnNote read(byte[] note) {
      return read(new String(note, StandardCharsets.UTF_8));
    }

    private static @Nullable OwnNote read(String note) {
      String[] lines = note.split("\n", -1);
      if (lines.length < 5 || !lines[3].isEmpty() || !lines[4].startsWith(DASH)) {
        return null;
      }
      try {
        return new OwnNote(
            lines[0],
            Long.parseLong(lines[1]),
            HexFormat.of().formatHex(Base64.getDecoder().decode(lines[2])),
            lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n",
            lines[4].substring(lines[4].lastIndexOf(' ') + 1));
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    /** Whether the first signature is by a key; one that was spoilt on its way is by none. */
    boolean isSignedBy(byte[] key) {
      byte[] named;
      try {
        named = Base64.getDecoder().decode(signature);
      } catch (IllegalArgumentException e) {
        return false;
      }
      return named.length == 68
          && Ed25519Check.holds(
              key,
              text.getBytes(StandardCharsets.US_ASCII),
              Arrays.copyOfRange(named, 4, named.length));
    }

    /** Every note in what a server said. */
    static Set<OwnNote> in(byte[] bytes) {
      Set<OwnNote> found = new HashSet<>();
      String all = new String(bytes, StandardCharsets.ISO_8859_1);
      String mark =
          new String(("\n\n" + DASH).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      for (int at = all.indexOf(mark); at >= 0; at = all.indexOf(mark, at + 1)) {
        int root = all.lastIndexOf('\n', at - 1);
        int size = root < 0 ? -1 : all.lastIndexOf('\n', root - 1);
        int origin = size;
        while (origin > 0 && isOfOrigin(all.charAt(origin - 1))) {
          origin--;
        }
        int end = all.indexOf('\n', at + mark.length());
        if (size > 0 && end > 0) {
          byte[] note = all.substring(origin, end + 1).getBytes(StandardCharsets.ISO_8859_1);
          OwnNote read = read(note);
          if (read != null) {
            found.add(read);
          }
        }
      }
      return found;
    }

    private static boolean isOfOrigin(char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '-';
    }
  }
}
