package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import java.util.Set;

/**
 * What a change says, as somebody opened it.
 *
 * @param opens whether it opened its record
 */
record SpokenFact(
    RecordId record,
    boolean opens,
    long kind,
    Set<ChangeId> parents,
    long clock,
    List<Operation> operations) {

  SpokenFact {
    parents = Set.copyOf(parents);
    operations = List.copyOf(operations);
  }
}
