package dev.cairn.cli.store;

import dev.cairn.client.Device;
import dev.cairn.client.check.FsckReport;
import dev.cairn.protocol.CairnException;
import dev.cairn.server.directory.ServerDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a check of a store found, whatever kind of store it is.
 *
 * @param checked how many of each kind were looked at
 * @param problems what is wrong
 */
record Findings(Map<String, Long> checked, List<Problem> problems) {

  /** Something wrong: a stable word, and a table, id or sequence. */
  record Problem(String kind, String where) {}

  private static final String CORRUPT = "store.corrupt";

  /** A store too damaged to open is a finding, too. */
  static Findings of(StoreOptions store) throws CairnException, IOException {
    try {
      return looked(store);
    } catch (CairnException e) {
      if (!e.code().equals(CORRUPT)) {
        throw e;
      }
      return new Findings(Map.of(), List.of(new Problem(CORRUPT, String.valueOf(e.getMessage()))));
    }
  }

  private static Findings looked(StoreOptions store) throws CairnException, IOException {
    if (ServerDirectory.isServer(store.folder())) {
      return ServerHoldings.check(store.folder());
    }
    try (Device device = store.open()) {
      FsckReport report = device.fsck();
      return new Findings(
          report.checked(),
          report.problems().stream()
              .map(problem -> new Problem(problem.kind(), problem.where()))
              .toList());
    }
  }
}
