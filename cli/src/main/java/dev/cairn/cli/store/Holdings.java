package dev.cairn.cli.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.client.Device;
import dev.cairn.client.held.HeldState;
import dev.cairn.client.space.CircleInfo;
import dev.cairn.desk.Desk;
import dev.cairn.desk.merged.MergedRecords;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.server.directory.ServerDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a store holds, whatever kind of store it is, as {@code cairn state} prints it. */
final class Holdings {

  private static final String DESK = "desk";

  private Holdings() {}

  static ObjectNode of(StoreOptions store, DumpTarget dump) throws CairnException, IOException {
    if (ServerDirectory.isServer(store.folder())) {
      return ServerHoldings.of(store.folder());
    }
    try (Device device = store.open()) {
      return ofDevice(device, dump);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static ObjectNode ofDevice(Device device, DumpTarget dump) throws CairnException {
    HeldState held = device.state();
    boolean desk = device.profile().role().coordinates();
    ObjectNode document =
        Output.object()
            .put("kind", desk ? "desk" : "device")
            .put("records", held.records())
            .put("changes", held.changes())
            .put("conflicts", 0)
            .put("pending", held.pending());
    ObjectNode digests = document.putObject("digests");
    if (desk) {
      MergedRecords records = Desk.over(device).records();
      long conflicts = 0;
      for (RecordState state : records.states()) {
        conflicts += state.conflicts().size();
      }
      document.put("records", records.ids().size()).put("conflicts", conflicts);
      for (CircleInfo circle : device.circles()) {
        if (circle.member()) {
          String name = circle.name().orElse(circle.id().toString());
          DumpTarget target = name.equals(DESK) ? dump : bytes -> {};
          digests.put(name, records.digest(circle.id(), state -> write(target, state)).toString());
        }
      }
    }
    document.put("set_digest", held.setDigest().toString()).put("forks", held.forks());
    ObjectNode log = document.putObject("log");
    held.checkpoint()
        .ifPresent(
            checkpoint ->
                log.put("generation", checkpoint.generation())
                    .put("size", checkpoint.size())
                    .put("root", checkpoint.root().toString())
                    .put("cosigners", 0));
    return document;
  }

  private static void write(DumpTarget dump, RecordState state) {
    if (state.isEmpty()) {
      return;
    }
    try {
      dump.write(state.canonical());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
