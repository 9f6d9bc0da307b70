package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * P5: no desk says of a change that it has opened it when it has not. Whoever hears that lets go of
 * what may be the only body there is; so the word itself is judged, also where its author had long
 * been told the same by somebody who did open it.
 */
final class ConfirmationAudit {

  private final Findings findings;

  ConfirmationAudit(Findings findings) {
    this.findings = findings;
  }

  /** Judges what each desk has said itself, as it holds its own words. */
  void judge(List<HolderFact> holders) {
    for (HolderFact holder : holders) {
      if (holder.coordinates) {
        for (HeldFact held : holder.order) {
          words(holder, held);
        }
      }
    }
  }

  private void words(HolderFact desk, HeldFact held) {
    SpokenFact spoken = held.spoken();
    if (spoken == null || !held.change().device.equals(desk.device)) {
      return;
    }
    for (Operation operation : spoken.operations()) {
      if (operation instanceof Operation.Confirm confirm) {
        word(desk, held.change(), confirm);
      }
    }
  }

  private void word(HolderFact desk, ChangeFact word, Operation.Confirm confirm) {
    Set<ChangeId> listed = new HashSet<>(confirm.unopened());
    for (ChangeId id : reached(desk, confirm.head())) {
      HeldFact held = desk.held.get(id);
      if (held != null
          && held.change().device.equals(confirm.device())
          && !held.change().opensSession()
          && held.hasBody()
          && held.spoken() == null
          && !listed.contains(id)) {
        findings.add(
            "P5",
            "confirmed.unread",
            word + " of " + desk + " says that it opened " + held.change() + ": " + held.why());
      }
    }
  }

  /**
   * A change with all that it continues, as far as the desk holds it: whatever else the word is
   * taken for, it is said of these.
   */
  private static Set<ChangeId> reached(HolderFact desk, ChangeId head) {
    Set<ChangeId> reached = new HashSet<>();
    Deque<ChangeId> open = new ArrayDeque<>();
    open.add(head);
    while (!open.isEmpty()) {
      ChangeId next = open.remove();
      HeldFact held = desk.held.get(next);
      if (held != null && reached.add(next)) {
        open.addAll(held.change().continued());
      }
    }
    return reached;
  }
}
