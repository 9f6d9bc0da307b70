package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The circles a change is addressed to: who may fetch it and who can open it, always the same set.
 *
 * <p>Two audiences are equal when they name the same circles. Immutable.
 */
public record Audience(List<CircleId> circles) {

  /**
   * Takes circles in ascending order.
   *
   * @param circles 1 to {@link Limits#AUDIENCE_CIRCLES_MAX}, ascending, each once
   * @throws IllegalArgumentException if they are not
   */
  public Audience {
    circles = List.copyOf(circles);
    if (circles.isEmpty() || circles.size() > Limits.AUDIENCE_CIRCLES_MAX) {
      throw new IllegalArgumentException("audience of " + circles.size() + " circles");
    }
    if (!Ascending.holds(circles)) {
      throw new IllegalArgumentException("audience does not ascend");
    }
  }

  /** Takes circles in any order, however often each is named. */
  public static Audience of(Collection<CircleId> circles) {
    return new Audience(new ArrayList<>(new TreeSet<>(circles)));
  }

  /** Takes circles in any order, however often each is named. */
  public static Audience of(CircleId... circles) {
    return of(List.of(circles));
  }
}
