package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.SpaceId;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.server.ServerMachine;
import java.util.List;

/**
 * The end of a world: every fault has stopped, everybody who is honest has synced until nothing
 * moved any more.
 *
 * @param space the space
 * @param machines of honest people; open, or to be opened
 * @param server the honest server that is left; its ledger can be read
 * @param sides other ledgers a lying server kept, its lies among them
 * @param settled whether syncing came to rest; if not, that is a finding already
 */
public record Peace(
    SpaceId space,
    List<Machine> machines,
    ServerMachine server,
    List<ServerMachine> sides,
    boolean settled) {

  /** Takes copies. */
  public Peace {
    machines = List.copyOf(machines);
    sides = List.copyOf(sides);
  }
}
