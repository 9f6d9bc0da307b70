package dev.cairn.desk.review;

import dev.cairn.desk.merged.MergedRecords;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What reviewing needs of the store beneath: what is held, and a way to say something more. */
public interface Holdings {

  /** Everything held and opened, merged; the same object until something changes. */
  MergedRecords records() throws CairnException;

  /** The circle of the coordinators. */
  CircleId deskCircle() throws CairnException;

  /** Whether a circle is the own one of a device. */
  boolean isOwn(CircleId circle) throws CairnException;

  /** The own circle of a device, if it is still in the space and can be written to. */
  Optional<CircleId> ownCircle(DeviceId device) throws CairnException;

  /** Whether a circle can be written to. */
  boolean isOpen(CircleId circle) throws CairnException;

  /**
   * Signs and stores one change.
   *
   * @param record of which record
   * @param kind the record's kind
   * @param parents the record's heads that were seen
   * @param audience the circles it goes to
   */
  ChangeId write(
      RecordId record,
      long kind,
      List<ChangeId> parents,
      Collection<CircleId> audience,
      List<Operation> operations)
      throws CairnException;

  /** The labels of every change held, opened here or not, in no order. */
  Collection<Label> labels() throws CairnException;

  /** Whether a change is held here without its body. */
  boolean isBare(ChangeId change) throws CairnException;

  /** Whether this device's word lets a body go. */
  boolean mayErase() throws CairnException;

  /**
   * Signs and stores an erasure.
   *
   * @param record of which record the erased change is
   * @param kind the record's kind
   * @param parents the record's heads that were seen
   * @param audience the circles it goes to, among them all of the erased change
   * @param account what is told of that change; it names it
   */
  ChangeId erase(
      RecordId record,
      long kind,
      List<ChangeId> parents,
      Collection<CircleId> audience,
      Operation.Erase account)
      throws CairnException;
}
