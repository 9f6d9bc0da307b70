package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import org.jspecify.annotations.Nullable;

/**
 * What the open part of a change says of erasing and being erased. Erasures are judged by this and
 * by nothing inside a body, so that servers, which open none, and readers, who may never have held
 * the erased one, judge alike.
 *
 * @param change which change
 * @param device its author
 * @param audience whom it is addressed to
 * @param opensSession whether it opens a session, and so has no body to withdraw
 * @param erasesOrNull the change it names as erased
 */
public record Label(
    ChangeId change,
    DeviceId device,
    Audience audience,
    boolean opensSession,
    @Nullable ChangeId erasesOrNull) {

  /** The label of a change. */
  public static Label of(Change change) {
    return of(change.id(), change.prefix());
  }

  /** The label of the change with this id and prefix. */
  public static Label of(ChangeId change, Prefix prefix) {
    return new Label(
        change,
        prefix.device(),
        prefix.audience(),
        prefix.opensSession(),
        prefix.erases().orElse(null));
  }

  /** Whether it names a change as erased. */
  public boolean namesErased() {
    return erasesOrNull != null;
  }

  /**
   * The rule of section 9: whether this change, if its author has the right to erase, erases that
   * one. Not what itself names an erased change: an account of what was erased, once dropped, could
   * not be had again. And not what others were sent than it: they would keep what the rest dropped.
   *
   * @param target a change that is held
   */
  public boolean erases(Label target) {
    return target.change.equals(erasesOrNull)
        && !target.namesErased()
        && !target.opensSession
        && audience.circles().containsAll(target.audience.circles());
  }
}
