package dev.cairn.simulation.audit;

import dev.cairn.client.report.ReportState;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.RecordState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an honest device holds and shows in the end, as the auditor takes it down. */
final class HolderFact {

  /**
   * A report as its owner is shown it.
   *
   * @param contents how many changes of it show what they say
   */
  record Shown(
      RecordId record, ReportState state, boolean sealed, Set<ChangeId> changes, int contents) {}

  /** What the device takes a device for. */
  record Believed(boolean confirmed, boolean coordinates, boolean suspended, boolean decides) {}

  final String name;
  final DeviceId device;
  final boolean coordinates;
  final List<HeldFact> order = new ArrayList<>();
  final Map<ChangeId, HeldFact> held = new LinkedHashMap<>();
  final List<StatementFact> statements = new ArrayList<>();
  final List<RecordState> states = new ArrayList<>();
  final Map<CircleId, String> digests = new TreeMap<>();
  final List<Shown> reports = new ArrayList<>();
  final Map<DeviceId, Believed> believed = new TreeMap<>();
  final Map<CircleId, EpochId> writing = new TreeMap<>();
  final Set<RecordId> keyed = new TreeSet<>();
  final Set<ChangeId> questions = new TreeSet<>();
  boolean sealsOnReceipt;
  boolean accuses;
  boolean moved;
  private @Nullable OwnRoster roster;
  private @Nullable Set<ChangeId> counting;
  private @Nullable OwnErasures erasures;

  HolderFact(String name, DeviceId device, boolean coordinates) {
    this.name = name;
    this.device = device;
    this.coordinates = coordinates;
  }

  void add(HeldFact fact) {
    order.add(fact);
    held.putIfAbsent(fact.change().id, fact);
  }

  /** The payloads it holds. */
  Map<ChangeId, ChangeFact> facts() {
    Map<ChangeId, ChangeFact> facts = new LinkedHashMap<>();
    held.forEach((id, fact) -> facts.put(id, fact.change()));
    return facts;
  }

  /** Who may what, by the statements it holds. */
  OwnRoster roster() {
    OwnRoster known = roster;
    if (known == null) {
      known = OwnRoster.of(statements);
      roster = known;
    }
    return known;
  }

  /** The changes that count, by what it holds. */
  Set<ChangeId> counting() {
    Set<ChangeId> known = counting;
    if (known == null) {
      known = roster().counting(facts());
      counting = known;
    }
    return known;
  }

  /** What is withdrawn, by what it holds. */
  OwnErasures erasures() {
    OwnErasures known = erasures;
    if (known == null) {
      known = OwnErasures.among(facts(), counting(), roster());
      erasures = known;
    }
    return known;
  }

  /** Whether it can open what is sealed to the epochs of a session that it holds. */
  boolean hasKey(ChangeFact change, Map<String, ChangeFact> sessions) {
    ChangeFact session = sessions.get(change.device + " " + change.session);
    return session != null
        && session.openings.stream().anyMatch(epoch -> roster().isSealedTo(epoch, device));
  }

  @Override
  public String toString() {
    return name;
  }
}
