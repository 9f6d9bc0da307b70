package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.merge.RecordGraph.Head;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which heads a new change names when there are more than it may: one of each device in turn, the
 * latest first, so that a device that writes a thousand heads cannot crowd out what others said.
 */
final class HeadRule {

  private HeadRule() {}

  /** Takes heads the latest last; gives at most the limit, ascending by id. */
  static List<ChangeId> choose(List<Head> heads) {
    List<ChangeId> chosen = new ArrayList<>();
    if (heads.size() <= Limits.BODY_PARENTS_MAX) {
      for (Head head : heads) {
        chosen.add(head.change());
      }
    } else {
      takeInTurn(heads, chosen);
    }
    Collections.sort(chosen);
    return chosen;
  }

  private static void takeInTurn(List<Head> heads, List<ChangeId> chosen) {
    Map<DeviceId, List<ChangeId>> byDevice = new LinkedHashMap<>();
    for (int i = heads.size() - 1; i >= 0; i--) {
      Head head = heads.get(i);
      byDevice.computeIfAbsent(head.device(), any -> new ArrayList<>()).add(head.change());
    }
    for (int turn = 0; chosen.size() < Limits.BODY_PARENTS_MAX; turn++) {
      for (List<ChangeId> own : byDevice.values()) {
        if (turn < own.size() && chosen.size() < Limits.BODY_PARENTS_MAX) {
          chosen.add(own.get(turn));
        }
      }
    }
  }
}
