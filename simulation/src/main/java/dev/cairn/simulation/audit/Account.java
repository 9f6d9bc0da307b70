package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was said and promised while the world went on: the auditor's own book. */
final class Account {

  /** Names of the lies that leave two histories under the log's key. */
  private static final String TWO_SIDES = "SERVER_FORKS";

  private static final String OLD_STATE = "SERVER_ROLLS_BACK";

  /** Somebody with a device. */
  record Known(DeviceId device, boolean coordinates, boolean honest) {}

  /**
   * What a server gave to an adversary's device.
   *
   * @param then the statements that the server had: who was cut off since may have been given it
   */
  record Served(DeviceId to, List<ChangeFact> changes, List<StatementFact> then) {}

  /** What an honest server was put back to: the log of its backup, and its leaves. */
  record Restore(long generation, Hashes.Tree log) {

    /** Whether the log began with what a checkpoint says. */
    boolean has(long size, String root) {
      return size <= log.size() && HexFormat.of().formatHex(log.root((int) size)).equals(root);
    }
  }

  final Map<DeviceId, Known> known = new TreeMap<>();
  final Map<ChangeId, Saying> said = new LinkedHashMap<>();
  final Map<ChangeId, Integer> lifeOfSaying = new HashMap<>();
  final Set<ChangeId> settling = new HashSet<>();
  final Map<DeviceId, Set<ChangeId>> received = new TreeMap<>();
  final Map<DeviceId, Set<ChangeId>> confirmed = new TreeMap<>();
  final Set<DeviceId> cutOff = new TreeSet<>();
  final Set<ChangeId> erased = new HashSet<>();
  final Set<DeviceId> restored = new TreeSet<>();
  final Map<DeviceId, Integer> lifeOfRestore = new TreeMap<>();
  final Set<DeviceId> replayedTo = new TreeSet<>();
  final Map<DeviceId, Integer> interruptions = new TreeMap<>();
  final Map<DeviceId, Integer> lives = new TreeMap<>();
  final Map<DeviceId, String> accusations = new TreeMap<>();
  final Set<DeviceId> met = new TreeSet<>();
  final Set<DeviceId> syncedWithLess = new TreeSet<>();
  final Set<DeviceId> parted = new TreeSet<>();
  final List<String> lies = new ArrayList<>();
  final List<Restore> restores = new ArrayList<>();
  final Set<RecordId> dismissed = new HashSet<>();
  final Set<ChangeId> unopenable = new HashSet<>();
  final List<Served> served = new ArrayList<>();
  final Map<DeviceId, Set<StatementFact>> told = new TreeMap<>();
  final Map<ChangeId, DeviceId> bodiless = new LinkedHashMap<>();
  final Map<ChangeFact.Cited, String> believed = new HashMap<>();

  boolean isHonest(DeviceId device) {
    Known found = known.get(device);
    return found != null && found.honest();
  }

  boolean serverRestored() {
    return !restores.isEmpty();
  }

  boolean serverLied() {
    return !lies.isEmpty();
  }

  /** Whether it signed two histories, or fell back to an old one: the end is of one of them. */
  boolean hasTwoHistories() {
    return lies.contains(TWO_SIDES) || fellBack();
  }

  /** Whether a lying server went back to an old log: what came after may be nowhere. */
  boolean fellBack() {
    return lies.contains(OLD_STATE);
  }

  /** Whether a device may not have had a change any more when it was last put back. */
  boolean mayHaveLost(DeviceId device, ChangeId change) {
    return restored.contains(device)
        && lifeOfSaying.getOrDefault(change, 0) < lifeOfRestore.getOrDefault(device, 1);
  }

  /** Whether the world told the auditor of a change when it was made. */
  boolean isTold(ChangeFact change) {
    return said.containsKey(change.id)
        || settling.contains(change.id)
        || (change.erases != null && erased.contains(change.erases));
  }
}
