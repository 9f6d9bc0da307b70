package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.RecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * P7: who holds and opens the same has the same, byte for byte; and P6 of every record that
 * somebody merged, each state of it looked at once.
 */
final class AgreementAudit {

  private final Findings findings;
  private final Set<String> judged = new HashSet<>();

  AgreementAudit(Findings findings) {
    this.findings = findings;
  }

  /** Holds all that read the same against each other. */
  void judge(List<HolderFact> holders) {
    Map<String, HolderFact> first = new HashMap<>();
    for (HolderFact holder : holders) {
      holder.digests.forEach(
          (circle, digest) -> {
            HolderFact other = first.putIfAbsent(view(holder, circle), holder);
            if (other != null && !digest.equals(other.digests.get(circle))) {
              findings.add(
                  "P7",
                  "agree.digest",
                  holder + " and " + other + " hold the same of circle " + Names.of(circle));
            }
          });
    }
    holders.forEach(this::merged);
  }

  /** What the digest of a circle may depend on. */
  private static String view(HolderFact holder, CircleId circle) {
    StringBuilder view = new StringBuilder(circle.toString());
    Map<ChangeId, HeldFact> sorted = new TreeMap<>(holder.held);
    Set<DeviceId> authors = new TreeSet<>();
    sorted.forEach(
        (id, held) -> {
          if (held.change().audience.contains(circle)) {
            authors.add(held.change().device);
            view.append('\n').append(id).append(held.spoken() != null);
            view.append(holder.counting().contains(id));
          }
        });
    for (DeviceId author : authors) {
      OwnAuthority authority = holder.roster().authority();
      view.append('\n').append(author).append(authority.isIn(author));
      view.append(authority.isConfirmed(author)).append(authority.member(author));
      view.append(holder.roster().decides(author));
    }
    return view.toString();
  }

  private void merged(HolderFact holder) {
    Map<RecordId, List<HeldFact>> byRecord = new TreeMap<>();
    for (HeldFact held : holder.held.values()) {
      SpokenFact spoken = held.spoken();
      if (spoken != null
          && holder.counting().contains(held.change().id)
          && !holder.erasures().isErased(held.change().id)) {
        byRecord.computeIfAbsent(spoken.record(), any -> new ArrayList<>()).add(held);
      }
    }
    Map<ChangeId, ChangeFact> facts = holder.facts();
    for (RecordState state : holder.states) {
      List<HeldFact> changes = byRecord.remove(state.record());
      if (changes == null) {
        if (!state.isEmpty()) {
          findings.add(
              "P6", "merge.empty", holder + " shows " + Names.of(state.record()) + " of nothing");
        }
        continue;
      }
      Set<ChangeId> ids = new TreeSet<>();
      changes.forEach(each -> ids.add(each.change().id));
      if (judged.add(state.record() + " " + state.canonicalDigest() + ids)) {
        OwnRecord own = new OwnRecord(changes, facts, holder.erasures(), holder.roster());
        MergeAudit.judge(findings, holder.name, state, own);
      }
    }
    byRecord
        .keySet()
        .forEach(
            record ->
                findings.add("P6", "merge.lost", holder + " does not show " + Names.of(record)));
  }
}
