package dev.cairn.protocol.frame;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which changes of a frame a signature reaches: its own, and through the audience previous ids the
 * one before it with the same audience, and so on. What no later change names needs its own.
 */
final class Coverage {

  private Coverage() {}

  /** For each change whether it must carry a signature itself. */
  static boolean[] signaturesNeeded(List<Change> changes) {
    boolean[] needed = new boolean[changes.size()];
    Map<Audience, Integer> last = new HashMap<>();
    for (int i = 0; i < needed.length; i++) {
      Change change = changes.get(i);
      needed[i] = true;
      Integer before = last.put(change.prefix().audience(), i);
      if (before != null && covers(change, changes.get(before))) {
        needed[before] = false;
      }
    }
    return needed;
  }

  /** Whether a signature on one change of an audience covers the one before it as well. */
  static boolean covers(Change later, Change before) {
    return later.prefix().audiencePrevious().contains(before.id());
  }
}
