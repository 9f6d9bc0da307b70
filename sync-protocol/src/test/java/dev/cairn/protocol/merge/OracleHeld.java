package dev.cairn.protocol.merge;

import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The changes that {@link Oracle} merges: which count, which are erased, and who saw what. */
final class OracleHeld {

  private final MergeAuthority authority;
  private final Map<ChangeId, Label> known = new TreeMap<>();
  private final Map<ChangeId, Label> counting = new TreeMap<>();
  private final Map<ChangeId, MergeChange> held = new TreeMap<>();
  private final Map<ChangeId, Set<ChangeId>> erasedBy = new TreeMap<>();
  private final Map<ChangeId, Set<ChangeId>> reached = new HashMap<>();

  OracleHeld(Collection<MergeChange> changes, Collection<Label> labels, MergeAuthority authority) {
    this.authority = authority;
    for (Label label : labels) {
      if (authority.author(label.device()).isPresent()
          && authority.counts(label.change(), label.device())) {
        counting.put(label.change(), label);
      }
      known.put(label.change(), label);
    }
    for (MergeChange change : changes) {
      if (authority.author(change.device()).isPresent()
          && authority.counts(change.id(), change.device())) {
        held.put(change.id(), change);
      }
    }
    Set<ChangeId> here = new TreeSet<>(held.keySet());
    for (Label label : counting.values()) {
      Label target = label.erasesOrNull() == null ? null : counting.get(label.erasesOrNull());
      if (target != null && mayErase(label, target)) {
        held.remove(target.change());
        if (here.contains(label.change())) {
          erasedBy.computeIfAbsent(target.change(), any -> new TreeSet<>()).add(label.change());
        }
      }
    }
    reach();
  }

  Author author(DeviceId device) {
    return authority.author(device).orElseThrow();
  }

  /** Who wrote with a device; null if nobody knows it. */
  @Nullable Author authorOrNull(DeviceId device) {
    return authority.author(device).orElse(null);
  }

  /** What is known of a change, whether it counts or not. */
  @Nullable Label label(ChangeId change) {
    return known.get(change);
  }

  /** A change that counts and was not erased, or erases; null if it is not held. */
  @Nullable MergeChange change(ChangeId change) {
    return held.get(change);
  }

  /** The changes that erase one, which is in none of these if it stands. */
  Map<ChangeId, Set<ChangeId>> erasedBy() {
    return erasedBy;
  }

  /** Whether the circles of an erasure include those of what it erases, which is no erasure. */
  private boolean mayErase(Label erasure, Label target) {
    return author(erasure.device()).decides()
        && target.erasesOrNull() == null
        && new HashSet<>(erasure.audience().circles())
            .containsAll(new HashSet<>(target.audience().circles()));
  }

  List<Operation.Erase> erasures(ChangeId erased) {
    List<Operation.Erase> erasures = new ArrayList<>();
    for (ChangeId by : erasedBy.getOrDefault(erased, Collections.emptySet())) {
      for (Operation operation : held.get(by).operations()) {
        if (operation instanceof Operation.Erase erase
            && erase.erased().equals(erased)
            && erase.author().equals(counting.get(erased).device())) {
          erasures.add(erase);
        }
      }
    }
    return erasures;
  }

  private void reach() {
    Set<ChangeId> all = new TreeSet<>(held.keySet());
    all.addAll(erasedBy.keySet());
    for (ChangeId id : all) {
      Set<ChangeId> next = new HashSet<>();
      if (erasedBy.containsKey(id)) {
        erasures(id).forEach(erase -> next.addAll(erase.parents()));
      } else {
        next.addAll(held.get(id).parents());
        if (held.get(id).erases() != null) {
          next.add(held.get(id).erases());
        }
      }
      next.retainAll(all);
      reached.put(id, next);
    }
    for (boolean more = true; more; ) {
      more = false;
      for (ChangeId id : all) {
        Set<ChangeId> further = new HashSet<>(reached.get(id));
        for (ChangeId parent : reached.get(id)) {
          further.addAll(reached.get(parent));
        }
        more |= reached.get(id).addAll(further);
      }
    }
  }

  boolean saw(ChangeId later, ChangeId earlier) {
    return reached.get(later).contains(earlier) && !reached.get(earlier).contains(later);
  }

  List<MergeChange> standing() {
    List<MergeChange> standing = new ArrayList<>(held.values());
    standing.removeIf(change -> erasedBy.containsKey(change.id()));
    standing.sort(
        Comparator.comparingLong(MergeChange::clock)
            .thenComparing(MergeChange::device)
            .thenComparing(MergeChange::id));
    return standing;
  }

  long kind() {
    List<MergeChange> standing = standing();
    for (MergeChange change : standing) {
      boolean tellsOpened = false;
      if (change.erases() != null && erasedBy.containsKey(change.erases())) {
        if (erasedBy.get(change.erases()).contains(change.id())) {
          for (Operation operation : change.operations()) {
            tellsOpened |=
                operation instanceof Operation.Erase erase
                    && erase.erased().equals(change.erases())
                    && erase.author().equals(counting.get(change.erases()).device())
                    && erase.opened();
          }
        }
      }
      if (change.opens() || tellsOpened) {
        return change.kind();
      }
    }
    for (MergeChange change : standing) {
      if (author(change.device()).decides()) {
        return change.kind();
      }
    }
    List<Long> open = Arrays.asList(1L, 2L, 3L, 6L);
    for (MergeChange change : standing) {
      if (!author(change.device()).provisional() && open.contains(change.kind())) {
        return change.kind();
      }
    }
    for (MergeChange change : standing) {
      if (open.contains(change.kind())) {
        return change.kind();
      }
    }
    return standing.isEmpty() ? 0 : standing.get(0).kind();
  }

  Set<MemberId> openers() {
    Set<MemberId> openers = new HashSet<>();
    for (MergeChange change : standing()) {
      if (change.opens()) {
        openers.add(author(change.device()).member());
      }
    }
    for (ChangeId erased : erasedBy.keySet()) {
      for (Operation.Erase erase : erasures(erased)) {
        if (erase.opened()) {
          authority.author(erase.author()).ifPresent(author -> openers.add(author.member()));
        }
      }
    }
    return openers;
  }
}
