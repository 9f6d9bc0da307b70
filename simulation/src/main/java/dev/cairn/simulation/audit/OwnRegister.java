package dev.cairn.simulation.audit;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.Status;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Merging;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One register as the auditor merges it. */
final class OwnRegister {

  private final OwnRecord record;
  private final Field field;
  private final List<OwnRecord.Said> all = new ArrayList<>();
  private final List<OwnRecord.Said> standing = new ArrayList<>();
  private final Map<OwnRecord.Said, Optional<CborValue>> inForce = new LinkedHashMap<>();
  private final List<OwnRecord.Said> valid = new ArrayList<>();

  OwnRegister(OwnRecord record, Field field) {
    this.record = record;
    this.field = field;
    for (OwnRecord.Said each : record.said(Operation.Assert.class)) {
      if (((Operation.Assert) each.operation()).field().equals(field)) {
        all.add(each);
      }
    }
    latestOfEach();
    if (field.merging() == Merging.REGISTER) {
      decisions();
    }
  }

  private void latestOfEach() {
    Map<DeviceId, List<OwnRecord.Said>> byMember = new TreeMap<>();
    for (OwnRecord.Said each : all) {
      if (!record.isHidden(each)) {
        byMember.computeIfAbsent(record.member(each.device()), any -> new ArrayList<>()).add(each);
      }
    }
    for (List<OwnRecord.Said> ofMember : byMember.values()) {
      OwnRecord.Said latest = null;
      for (OwnRecord.Said each : ofMember) {
        boolean seen = ofMember.stream().anyMatch(other -> record.hasSeen(other, each));
        if (!seen && !record.isBelowWithdrawn(each, field)) {
          latest = each;
        }
      }
      if (latest != null) {
        standing.add(latest);
      }
    }
  }

  private void decisions() {
    for (OwnRecord.Said each : record.said(Operation.Decide.class)) {
      Operation.Decide decide = (Operation.Decide) each.operation();
      boolean waits = decide.outcome() instanceof Operation.Outcome.Choose && value(decide) == null;
      if (decide.field().equals(field) && !record.isUndone(each.change()) && !waits) {
        valid.add(each);
      }
    }
    for (OwnRecord.Said each : valid) {
      if (valid.stream().noneMatch(other -> record.hasSeen(other, each))) {
        inForce.put(each, Optional.ofNullable(value((Operation.Decide) each.operation())));
      }
    }
  }

  private @Nullable CborValue value(Operation.Decide decide) {
    if (decide.outcome() instanceof Operation.Outcome.Value other) {
      return other.value();
    }
    CborValue chosen = null;
    if (decide.outcome() instanceof Operation.Outcome.Choose choose) {
      for (OwnRecord.Said each : all) {
        if (each.change().equals(choose.change())) {
          chosen = value(each);
        }
      }
    }
    return chosen;
  }

  static CborValue value(OwnRecord.Said stated) {
    return ((Operation.Assert) stated.operation()).value();
  }

  List<OwnRecord.Said> all() {
    return all;
  }

  List<OwnRecord.Said> standing() {
    return standing;
  }

  Set<ChangeId> inForce() {
    Set<ChangeId> changes = new HashSet<>();
    inForce.keySet().forEach(each -> changes.add(each.change()));
    return changes;
  }

  private boolean isSettled(OwnRecord.Said stated) {
    return valid.stream()
        .map(each -> ((Operation.Decide) each.operation()).settles())
        .anyMatch(
            named ->
                all.stream()
                    .filter(other -> named.contains(other.change()))
                    .anyMatch(
                        other ->
                            other.equals(stated)
                                || (record
                                        .member(other.device())
                                        .equals(record.member(stated.device()))
                                    && record.hasSeen(other, stated))));
  }

  private boolean keepsAll() {
    return inForce.values().stream().anyMatch(Optional::isEmpty);
  }

  private List<OwnRecord.Said> open() {
    Set<CborValue> fine = new HashSet<>();
    inForce.values().forEach(value -> value.ifPresent(fine::add));
    if (keepsAll()) {
      standing.stream().filter(this::isSettled).forEach(each -> fine.add(value(each)));
    }
    return standing.stream()
        .filter(each -> !isSettled(each) && !fine.contains(value(each)))
        .toList();
  }

  /** How it stands; empty where the field is not in the state. */
  Optional<Status> status() {
    if (!inForce.isEmpty()) {
      if (new HashSet<>(inForce.values()).size() > 1) {
        return Optional.of(Status.DECISIONS_IN_CONFLICT);
      }
      if (!open().isEmpty()) {
        return Optional.of(Status.REOPENED);
      }
      return Optional.of(keepsAll() ? Status.KEPT_ALL : Status.DECIDED);
    }
    if (standing.isEmpty()) {
      if (record.isWithdrawn(field)) {
        return Optional.of(Status.WITHDRAWN);
      }
      return all.isEmpty() ? Optional.empty() : Optional.of(Status.RETRACTED);
    }
    boolean several = standing.stream().map(OwnRegister::value).distinct().count() > 1;
    if (!several || field.merging() == Merging.EARLIEST) {
      return Optional.of(Status.AGREED);
    }
    return Optional.of(isConcurrent() ? Status.CONCURRENT : Status.CORRECTION);
  }

  private boolean isConcurrent() {
    for (OwnRecord.Said one : standing) {
      for (OwnRecord.Said other : standing) {
        if (!value(one).equals(value(other))
            && !record.hasSeen(one, other)
            && !record.hasSeen(other, one)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The value to show where there is room for one. */
  Optional<CborValue> shown() {
    Status status = status().orElse(Status.RETRACTED);
    if (status == Status.KEPT_ALL || (standing.isEmpty() && inForce.isEmpty())) {
      return Optional.empty();
    }
    if (status == Status.DECIDED) {
      return inForce.values().iterator().next();
    }
    if (field.merging() == Merging.EARLIEST) {
      return all.stream()
          .filter(each -> !record.isHidden(each))
          .findFirst()
          .map(OwnRegister::value);
    }
    Map<OwnRecord.Said, CborValue> candidates = new LinkedHashMap<>();
    boolean keptAll = status == Status.REOPENED && keepsAll();
    List<OwnRecord.Said> stated = inForce.isEmpty() || keptAll ? standing : open();
    stated.forEach(each -> candidates.put(each, value(each)));
    inForce.forEach((each, value) -> value.ifPresent(v -> candidates.put(each, v)));
    CborValue shown = null;
    for (OwnRecord.Said each : record.said()) {
      boolean seen = candidates.keySet().stream().anyMatch(other -> record.hasSeen(other, each));
      if (candidates.containsKey(each) && !seen) {
        shown = candidates.get(each);
      }
    }
    return Optional.ofNullable(shown);
  }
}
