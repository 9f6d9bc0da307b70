package dev.cairn.server.check;

import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.directory.StoreBusyException;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server holds, as far as a server can know.
 *
 * @param spaces oldest first
 */
public record ServerState(List<SpaceSummary> spaces) {

  /** Takes a copy. */
  public ServerState {
    spaces = List.copyOf(spaces);
  }

  /**
   * Reads it from a data directory on which no server is running.
   *
   * @throws StoreBusyException if one is
   */
  public static ServerState of(Path data) throws IOException, StoreBusyException, StoreException {
    try (OpenLedger open = OpenLedger.open(data);
        LedgerView view = open.store().view()) {
      List<SpaceSummary> spaces = new ArrayList<>();
      for (SpaceId space : view.spaces()) {
        spaces.add(SpaceSummary.of(view, space));
      }
      return new ServerState(spaces);
    }
  }
}
