package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A suspension of one device, as one statement says it.
 *
 * @param statement which statement
 * @param device who is cut off
 * @param rank of who signed it
 * @param upTo pairs of sequence and change that still count; null bounds no changes
 * @param lets statements of the device that stand
 */
record OwnCut(
    StatementId statement,
    DeviceId device,
    int rank,
    @Nullable List<Cbor.Item> upTo,
    Set<StatementId> lets) {

  static final int BY_RECOVERY = 0;
  static final int BY_OWNER = 1;
  static final int BY_COORDINATOR = 2;

  /** The suspensions in a statement whose signer may suspend at all. */
  static List<OwnCut> of(StatementFact statement, OwnAuthority authority) {
    List<OwnCut> cuts = new ArrayList<>();
    int rank = authority.rank(statement);
    if (rank > BY_COORDINATOR) {
      return cuts;
    }
    if (statement.kind == StatementFact.SUSPENSION) {
      cuts.add(
          of(
              statement,
              rank,
              statement.content.get(1),
              statement.content.get(2),
              statement.content.get(3)));
    }
    if (statement.kind == StatementFact.REPLACEMENT && rank == BY_RECOVERY) {
      for (Cbor.Item each : statement.content.get(2).list()) {
        cuts.add(of(statement, rank, each.get(1), each.get(2), each.get(3)));
      }
    }
    return cuts;
  }

  private static OwnCut of(
      StatementFact statement, int rank, Cbor.Item device, Cbor.Item upTo, Cbor.Item lets) {
    return new OwnCut(
        statement.id,
        DeviceId.of(device.bytes()),
        rank,
        upTo.isNull() ? null : upTo.list(),
        new HashSet<>(StatementFact.ids(lets)));
  }
}
