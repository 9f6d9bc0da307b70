package dev.cairn.protocol.merge;

import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes are erased, by which: a function of the labels of the changes that are held, of all
 * records, and of the roster; no body has a say. Immutable.
 */
public final class Erasures {

  private static final Erasures NONE = new Erasures(Collections.emptyMap(), Collections.emptyMap());

  /** What counts, is of a coordinator and names an erased change, by its id. */
  private final Map<ChangeId, Label> erasing;

  /** Of what these name that which is held, with whether it counts. */
  private final Map<ChangeId, Named> named;

  private final Set<ChangeId> erased = new HashSet<>();

  private Erasures(Map<ChangeId, Label> erasing, Map<ChangeId, Named> named) {
    this.erasing = erasing;
    this.named = named;
    for (Label label : erasing.values()) {
      Named target = named.get(label.erasesOrNull());
      if (target != null && target.counts && label.erases(target.label)) {
        erased.add(target.label.change());
      }
    }
  }

  /** A change that another names as erased. */
  private static final class Named {
    final Label label;
    final boolean counts;

    Named(Label label, boolean counts) {
      this.label = label;
      this.counts = counts;
    }
  }

  /** Nothing is erased. */
  public static Erasures none() {
    return NONE;
  }

  /**
   * What these changes erase of one another.
   *
   * @param held labels of all changes that are held, bodies or not, in any order, repeated or not
   * @param authority the roster's answers
   */
  public static Erasures of(Collection<Label> held, MergeAuthority authority) {
    Map<ChangeId, Label> erasing = new HashMap<>(0);
    Set<ChangeId> ids = new HashSet<>(0);
    for (Label label : held) {
      if (label.namesErased() && decides(label, authority)) {
        erasing.put(label.change(), label);
        ids.add(label.erasesOrNull());
      }
    }
    if (erasing.isEmpty()) {
      return NONE;
    }
    Map<ChangeId, Named> named = new HashMap<>(2 * ids.size());
    for (Label label : held) {
      if (ids.contains(label.change())) {
        named.put(label.change(), new Named(label, counts(label, authority)));
      }
    }
    return new Erasures(erasing, named);
  }

  private static boolean decides(Label label, MergeAuthority authority) {
    return authority.author(label.device()).map(MergeAuthority.Author::decides).orElse(false)
        && authority.counts(label.change(), label.device());
  }

  private static boolean counts(Label label, MergeAuthority authority) {
    return authority.author(label.device()).isPresent()
        && authority.counts(label.change(), label.device());
  }

  /** The same among the changes that are addressed to one circle; itself, if that is the same. */
  public Erasures in(CircleId circle) {
    Map<ChangeId, Named> inCircle = new HashMap<>(named);
    inCircle.values().removeIf(target -> !target.label.audience().circles().contains(circle));
    return inCircle.size() == named.size() ? this : new Erasures(erasing, inCircle);
  }

  /** Whether a change is erased: its content counts for nothing, be it held or not. */
  public boolean isErased(ChangeId change) {
    return erased.contains(change);
  }

  /** What a change erases; null if that is nothing. */
  @Nullable Label erasedBy(ChangeId change) {
    Label label = erasing.get(change);
    Named target = label == null ? null : named.get(label.erasesOrNull());
    return target != null && refusal(change) == null ? target.label : null;
  }

  /** Why a change of a coordinator erases nothing; null if it does. */
  Refusal.@Nullable Reason refusal(ChangeId change) {
    Label label = erasing.get(change);
    Named target = label == null ? null : named.get(label.erasesOrNull());
    if (label == null || target == null) {
      return Refusal.Reason.OUT_OF_REACH;
    }
    if (target.label.namesErased()) {
      return Refusal.Reason.ERASES_ERASURE;
    }
    return target.counts && label.erases(target.label) ? null : Refusal.Reason.OUT_OF_REACH;
  }
}
