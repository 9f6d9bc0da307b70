package dev.cairn.cli.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.check.ServerFsck;
import dev.cairn.server.check.ServerState;
import dev.cairn.server.check.SpaceSummary;
import java.io.IOException;
import java.nio.file.Path;

/** What a server holds: it can count changes, and knows of no record in them. */
final class ServerHoldings {

  private ServerHoldings() {}

  static ObjectNode of(Path folder) throws CairnException, IOException {
    ServerState state = ServerState.of(folder);
    long changes = 0;
    long forks = 0;
    for (SpaceSummary space : state.spaces()) {
      changes += space.changes();
      forks += space.forks();
    }
    ObjectNode document =
        Output.object()
            .put("kind", "server")
            .put("records", 0)
            .put("changes", changes)
            .put("conflicts", 0)
            .put("pending", 0);
    document.putObject("digests");
    document.put(
        "set_digest",
        state.spaces().isEmpty()
            ? Sha256.of(new byte[0]).toString()
            : state.spaces().get(0).setDigest().toString());
    document.put("forks", forks);
    ObjectNode log = document.putObject("log");
    if (state.spaces().isEmpty()) {
      LogDocument.fillUnseen(log);
    } else {
      log(state.spaces().get(0), log);
    }
    ArrayNode spaces = document.putArray("spaces");
    for (SpaceSummary space : state.spaces()) {
      ObjectNode one = spaces.addObject().put("space", space.space().toString());
      one.put("changes", space.changes()).put("set_digest", space.setDigest().toString());
      log(space, one.putObject("log"));
    }
    return document;
  }

  private static void log(SpaceSummary space, ObjectNode log) {
    LogDocument.fill(log, space.generation(), space.size(), space.root());
  }

  static Findings check(Path folder) throws CairnException, IOException {
    ServerFsck.Report report = ServerFsck.check(folder);
    return new Findings(
        report.checked(),
        report.problems().stream()
            .map(problem -> new Findings.Problem(problem.kind(), problem.where()))
            .toList());
  }
}
