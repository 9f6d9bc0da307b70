package dev.cairn.client.report;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.Operation;
import java.util.List;

/**
 * A change to an unsealed report, as this device wrote it.
 *
 * @param id the change
 * @param operations what it states
 */
public record OwnChange(ChangeId id, List<Operation> operations) {

  /** Takes a copy. */
  public OwnChange {
    operations = List.copyOf(operations);
  }

  /** Tells how much, never what. */
  @Override
  public String toString() {
    return "change " + id + " of " + operations.size() + " operations";
  }
}
