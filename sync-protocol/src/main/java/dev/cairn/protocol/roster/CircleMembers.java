package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who belongs to a circle when its epochs were opened by several people at once: whoever a current
 * epoch names, but for whom another left out without that one knowing. So of two who add somebody
 * each, neither is lost, and of one who removes and one who keeps, the first has his way.
 *
 * <p>An epoch <em>leaves out</em> a device that it does not name and that an epoch it supersedes
 * does. A device is <em>removed</em> if a standing epoch leaves it out and no current epoch names
 * it that continues every standing one which leaves it out. Only {@link Limits#SUPERSEDED_MAX}
 * current epochs are asked, those of lowest id, so that a fold stays linear in what it is given.
 */
final class CircleMembers {

  private final List<EpochState> epochs;
  private final Map<EpochId, Integer> places = new HashMap<>();
  private final Map<DeviceId, Integer> numbers = new HashMap<>();
  private final int[][] named;
  private final int[][] superseded;

  /** For each epoch the current ones that continue it, or are it, a bit for each. */
  private final long[] continuing;

  /** Which current epochs name a device, and which continue all that leave it out. */
  private final long[] naming;

  private final long[] knowing;
  private final boolean[] leftOut;

  /**
   * Looks through the epochs of one circle.
   *
   * @param epochs those that stand and those that are void, ascending
   */
  CircleMembers(List<EpochState> epochs) {
    this.epochs = epochs;
    this.named = new int[epochs.size()][];
    this.superseded = new int[epochs.size()][];
    this.continuing = new long[epochs.size()];
    number();
    this.naming = new long[numbers.size()];
    this.knowing = new long[numbers.size()];
    this.leftOut = new boolean[numbers.size()];
    Arrays.fill(knowing, -1L);
    markCurrent();
    markContinued();
    markLeftOut();
  }

  private void number() {
    for (int at = 0; at < epochs.size(); at++) {
      places.put(epochs.get(at).id(), at);
    }
    for (int at = 0; at < epochs.size(); at++) {
      Epoch epoch = epochs.get(at).epoch();
      named[at] =
          epoch.members().stream()
              .mapToInt(each -> numbers.computeIfAbsent(each.device(), any -> numbers.size()))
              .toArray();
      superseded[at] =
          epoch.superseded().stream()
              .filter(places::containsKey)
              .mapToInt(id -> places.getOrDefault(id, 0))
              .toArray();
    }
  }

  private void markCurrent() {
    int asked = 0;
    for (int at = 0; at < epochs.size() && asked < Limits.SUPERSEDED_MAX; at++) {
      if (epochs.get(at).isCurrent()) {
        long bit = 1L << asked++;
        continuing[at] = bit;
        for (int device : named[at]) {
          naming[device] |= bit;
        }
      }
    }
  }

  /** From the newest back: an epoch names what it supersedes by hash, so there is no circle. */
  private void markContinued() {
    int[] left = new int[epochs.size()];
    for (int[] earlier : superseded) {
      for (int at : earlier) {
        left[at]++;
      }
    }
    Deque<Integer> ready = new ArrayDeque<>();
    for (int at = 0; at < left.length; at++) {
      if (left[at] == 0) {
        ready.add(at);
      }
    }
    while (!ready.isEmpty()) {
      int at = ready.remove();
      for (int earlier : superseded[at]) {
        continuing[earlier] |= continuing[at];
        if (--left[earlier] == 0) {
          ready.add(earlier);
        }
      }
    }
  }

  private void markLeftOut() {
    int[] namedLast = new int[numbers.size()];
    Arrays.fill(namedLast, -1);
    for (int at = 0; at < epochs.size(); at++) {
      if (epochs.get(at).stands()) {
        for (int device : named[at]) {
          namedLast[device] = at;
        }
        for (int earlier : superseded[at]) {
          for (int device : named[earlier]) {
            if (namedLast[device] != at) {
              leftOut[device] = true;
              knowing[device] &= continuing[at];
            }
          }
        }
      }
    }
  }

  /** Whether somebody took the device out, and nobody who knew of it put it back. */
  boolean isRemoved(DeviceId device) {
    Integer number = numbers.get(device);
    return number != null && leftOut[number] && (knowing[number] & naming[number]) == 0;
  }

  /** The devices that current epochs name and that are not removed, cut off or not. */
  Set<DeviceId> members() {
    Set<DeviceId> members = new TreeSet<>();
    for (EpochState state : epochs) {
      if (state.isCurrent()) {
        for (EpochMember member : state.epoch().members()) {
          if (!isRemoved(member.device())) {
            members.add(member.device());
          }
        }
      }
    }
    return Collections.unmodifiableSet(members);
  }
}
