package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verified and opened change, as far as a merge needs it.
 *
 * @param id of the change
 * @param device its author
 * @param record what it is about
 * @param opens whether it opened the record: its body names none and the record's id follows from
 *     it
 * @param kind of the record, as the change states it
 * @param parents what of the record its author had seen; ids not held, of other records, or its own
 *     count as not seen
 * @param clock hybrid logical clock, see {@link Hlc}; any value is taken as it is
 * @param skew device clock minus clock, in milliseconds
 * @param operations what it says
 * @param erases the change which its prefix withdraws
 */
public record MergeChange(
    ChangeId id,
    DeviceId device,
    RecordId record,
    boolean opens,
    long kind,
    List<ChangeId> parents,
    long clock,
    long skew,
    List<Operation> operations,
    @Nullable ChangeId erases) {

  /** Takes the lists as they are now; refuses numbers that the wire cannot carry. */
  public MergeChange {
    if (kind < 0 || clock < 0) {
      throw new IllegalArgumentException("kind or clock is negative");
    }
    parents = List.copyOf(parents);
    operations = List.copyOf(operations);
  }
}
