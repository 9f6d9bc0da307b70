package dev.cairn.desk.review;

import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom a coordinator's change goes to. What was kept from the coordinators' circle is kept from it
 * here too, and no circle of a device is copied from what others wrote: else whoever wrote to a
 * record could have the coordinators' words about it sent to a device of his choice.
 */
final class Audiences {

  private final Holdings holdings;

  Audiences(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Every circle that the record was addressed to, but devices' own. */
  Set<CircleId> readers(RecordId record) throws CairnException {
    return readers(record, Limits.AUDIENCE_CIRCLES_MAX);
  }

  private Set<CircleId> readers(RecordId record, int countMax) throws CairnException {
    Set<CircleId> addressed = new TreeSet<>();
    for (AddressedChange change : holdings.records().changes(record)) {
      addressed.addAll(change.audience().circles());
    }
    Set<CircleId> readers = new TreeSet<>();
    CircleId desk = holdings.deskCircle();
    if (addressed.contains(desk)) {
      readers.add(desk);
    }
    for (CircleId circle : addressed) {
      if (readers.size() < countMax && holdings.isOpen(circle) && !holdings.isOwn(circle)) {
        readers.add(circle);
      }
    }
    return readers.isEmpty() ? Collections.singleton(desk) : readers;
  }

  /** The readers, and the device that opened the record. */
  Set<CircleId> withReporter(RecordId record) throws CairnException {
    Optional<CircleId> reporter = reporter(record);
    if (!reporter.isPresent()) {
      return readers(record);
    }
    Set<CircleId> circles = new TreeSet<>(readers(record, Limits.AUDIENCE_CIRCLES_MAX - 1));
    circles.add(reporter.get());
    return circles;
  }

  /** The own circle of the device that opened the record, if it can be written to. */
  Optional<CircleId> reporter(RecordId record) throws CairnException {
    for (AddressedChange change : holdings.records().changes(record)) {
      if (change.change().opens()) {
        return holdings.ownCircle(change.change().device());
      }
    }
    return Optional.empty();
  }

  /** The coordinators' circle, or where the record is if it was never addressed to that. */
  Set<CircleId> amongCoordinators(RecordId record) throws CairnException {
    CircleId desk = holdings.deskCircle();
    Set<CircleId> readers = readers(record);
    return readers.contains(desk) ? Collections.singleton(desk) : readers;
  }
}
