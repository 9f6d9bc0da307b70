package dev.cairn.cli.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.client.Device;
import dev.cairn.client.held.HeldState;
import dev.cairn.desk.Desk;
import dev.cairn.desk.merged.MergedRecords;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.server.directory.ServerDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** What a store holds, whatever kind of store it is, as {@code cairn state} prints it. */
final class Holdings {

  private Holdings() {}

  /** Says that a proof against the server is kept; otherwise not there. */
  static final String SERVER_LIED = "server_lied";

  /**
   * Counts it.
   *
   * @param dump takes the bytes under one digest
   */
  static ObjectNode of(StoreOptions store, Dump dump) throws CairnException, IOException {
    if (ServerDirectory.isServer(store.folder())) {
      dump.chosen(Set.of());
      return ServerHoldings.of(store.folder());
    }
    try (Device device = store.open()) {
      return ofDevice(device, dump);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static ObjectNode ofDevice(Device device, Dump dump) throws CairnException {
    HeldState held = device.state();
    boolean desk = device.profile().role().coordinates();
    MergedRecords readable = Desk.readable(device);
    long records = 0;
    long conflicts = 0;
    for (RecordState state : readable.states()) {
      // How far a device's changes were opened is kept as a record too; nobody reported it.
      records += state.kind() == RecordKind.DEVICE_NOTICE.code() ? 0 : 1;
      conflicts += state.conflicts().size();
    }
    ObjectNode document =
        Output.object()
            .put("kind", desk ? "desk" : "device")
            .put("records", desk ? records : held.records())
            .put("changes", held.changes())
            .put("conflicts", conflicts)
            .put("pending", held.pending());
    CircleDigests.of(device, readable, dump).forEach(document.putObject("digests")::put);
    document.put("set_digest", held.setDigest().toString()).put("forks", held.forks());
    UnreadKeys.of(device).fill(document);
    if (device.serverLied()) {
      document.put(SERVER_LIED, true);
    }
    log(document.putObject("log"), held);
    return document;
  }

  private static void log(ObjectNode log, HeldState held) {
    held.checkpoint()
        .ifPresentOrElse(
            seen -> LogDocument.fill(log, seen.generation(), seen.size(), seen.root()),
            () -> LogDocument.fillUnseen(log));
  }
}
