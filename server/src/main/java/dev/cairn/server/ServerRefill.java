package dev.cairn.server;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.check.OpenLedger;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.Quotas;
import dev.cairn.server.ledger.SpaceSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the operator of a restored server may say, while no server runs on its directory. */
public final class ServerRefill {

  private ServerRefill() {}

  /** A space that signs again, with so many leaves. */
  public record Resumed(SpaceId space, long size) {}

  /**
   * Lets every space sign again under its old key.
   *
   * @throws dev.cairn.protocol.RefusedException if one lacks something that was shown; those before
   *     it sign again
   */
  public static List<Resumed> resume(Path data) throws IOException, CairnException {
    try (OpenLedger open = OpenLedger.open(data)) {
      Ledger ledger =
          Ledger.open(
              open.store(),
              open.logKeys(),
              open.identity().bundleKey().publicKey(),
              Quotas.standard());
      List<Resumed> resumed = new ArrayList<>();
      List<SpaceId> spaces;
      try (LedgerView view = open.store().view()) {
        spaces = view.spaces();
      }
      for (SpaceId space : spaces) {
        if (ledger.snapshot(space).map(SpaceSnapshot::isRefilling).orElse(false)) {
          ledger.refills().resume(space);
          SpaceSnapshot after = ledger.snapshot(space).orElseThrow();
          resumed.add(new Resumed(space, after.head().size()));
        }
      }
      return resumed;
    }
  }
}
